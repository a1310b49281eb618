import { writeFile } from 'node:fs/promises';
import { answererLabels } from '../src/platform/answerers.ts';
import { type DiagnosisStatus, pathStates } from '../src/platform/diagnosis.ts';
import { failureModes } from '../src/platform/failure-modes.ts';
import type { Deployment, History, Ongoing } from '../src/platform/history.ts';
import { hopLabels } from '../src/platform/hops.ts';
import { hostRoles } from '../src/platform/hosts.ts';
import { hypothesisIds } from '../src/platform/hypotheses.ts';
import { phases } from '../src/platform/phases.ts';
import { madeThings, stepIds } from '../src/platform/registration.ts';
import type {
  AddressEvidence,
  Blindness,
  CleanupOutcome,
  Dependency,
  Evidence,
  Made,
  Outcome,
  Registration,
  RegistrationFacts,
  Report,
  Status,
  StepOutcome,
  Verdict,
} from '../src/platform/report.ts';
import { aspects } from '../src/platform/target.ts';
import { toldCauses } from '../src/platform/told-causes.ts';
import type { DescribedCandidate, DescribedDiagnosis, DescribedPath } from '../src/report/described.ts';
import type { Onset } from '../src/report/onset.ts';

/** Where the schema of the JSON report is kept for its readers. */
export const schemaFile = new URL('../schema/report.schema.json', import.meta.url);

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const flag: Schema = { type: 'boolean' };
const moment: Schema = { ...text, description: 'ISO 8601, UTC.' };
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: Schema): Schema => ({ type: 'array', items });
const oneOf = (values: readonly string[]): Schema => ({ enum: values });
const refer = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

/** Every key is there but the optional ones, and a later version may add some. */
const object = <T>(
  properties: Readonly<Record<keyof T & string, Schema>>,
  optional: readonly (keyof T & string)[] = [],
): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.some((one) => one === key)),
});

const statuses: readonly Status[] = ['pass', 'degraded', 'fail', 'inconclusive', 'skipped'];
const verdicts: readonly Verdict[] = ['healthy', 'degraded', 'failing', 'inconclusive'];

const diagnosisStatuses = [
  'healthy',
  'match',
  'ambiguous',
  'no-match',
  'monitor-blind',
  'inconclusive',
] as const satisfies readonly DiagnosisStatus[];

const status = refer('status');
const failureMode = refer('failureMode');
const count: Schema = { type: 'integer', minimum: 0 };
const ids: Schema = { ...list(text), description: 'Ids of targets, and registration.<step>.' };
const known: Schema = { ...flag, description: 'Fails as it did in the baseline: no symptom.' };

const attempt = {
  status,
  failureMode,
  phase: orNull(oneOf(phases)),
  hop: refer('hop'),
  answeredBy: orNull(oneOf(Object.keys(answererLabels))),
  httpStatus: orNull({ type: 'integer' }),
  address: orNull(text),
  timingsMs: refer('timings'),
  cause: {
    ...orNull(oneOf(toldCauses)),
    description: 'What the answer says is behind the failure; null: it does not tell, or does not fail.',
  },
  dependencies: {
    ...list(refer('dependency')),
    description: 'Those that a health route names, unhealthy ones first.',
  },
  fingerprint: {
    ...orNull(text),
    description: 'The same for all answers of one kind by one answerer; null: there was no whole answer.',
  },
  evidence: refer('evidence'),
};

const definitions = {
  status: oneOf(statuses),
  failureMode: orNull(oneOf(Object.keys(failureModes))),
  hop: orNull(oneOf(Object.keys(hopLabels))),
  stepId: oneOf(stepIds),
  timings: {
    ...object({
      resolve: orNull(number),
      connect: orNull(number),
      tls: orNull(number),
      processing: orNull(number),
      transfer: orNull(number),
      total: orNull(number),
    }),
    description: 'Milliseconds; null: the phase was not reached, or is no part of this kind of probe.',
  },
  evidence: object<Evidence>({
    summary: text,
    code: orNull(text),
    body: orNull(text),
    headers: { type: 'object', additionalProperties: text },
    resolution: orNull({ type: 'object' }),
    connects: list({ type: 'object' }),
    certificate: orNull({ type: 'object' }),
    addresses: {
      ...list(refer('address')),
      description: 'Of a certificate: what each address of the name showed by itself.',
    },
    redirects: list({ type: 'object' }),
    version: orNull(text),
    traceId: orNull(text),
    loopLateMs: { ...number, description: 'How late the prober itself was at its worst: what the timings are worth.' },
  }),
  address: object<AddressEvidence>({
    address: text,
    status,
    failureMode,
    code: orNull(text),
    summary: text,
    certificate: orNull({ type: 'object' }),
  }),
  dependency: object<Dependency>({ name: text, state: oneOf(['healthy', 'degraded', 'unhealthy']) }),
  attempt: object(attempt),
  outcome: object<Outcome>({
    target: text,
    host: text,
    aspect: {
      ...oneOf(aspects),
      description:
        'What of the host it looks at: its name, its certificate, where port 80 leads to, or what it serves.',
    },
    ...attempt,
    attempts: list(refer('attempt')),
    known,
  }),
  step: object<StepOutcome>({
    id: refer('stepId'),
    ...attempt,
    durationMs: { ...number, description: 'All requests of the step, and the waits between them.' },
    requests: count,
    known,
  }),
  made: object<Made>({ thing: oneOf(madeThings), id: text }),
  cleanup: object<CleanupOutcome>({
    status,
    failureMode,
    durationMs: number,
    requests: count,
    removed: list(refer('made')),
    leftBehind: list(refer('made')),
    swept: { ...list(refer('made')), description: 'What earlier runs had left, and this one removed.' },
    evidence: orNull(refer('evidence')),
  }),
  facts: object<RegistrationFacts>({
    credentialForms: {
      type: 'object',
      properties: { bearer: failureMode, 'x-api-key': failureMode },
      description: 'Per form of the key: null when it was accepted, else in which way it was not; absent: not tried.',
    },
    firstFailure: orNull(refer('stepId')),
    readsWork: orNull(flag),
    writesWork: orNull(flag),
    artifactsWork: orNull(flag),
    deletesThrough: { ...orNull(text), description: 'The way on which the bodies of DELETE requests arrive.' },
    loggedModels: { ...orNull(flag), description: 'false: a server older than MLflow 3.' },
  }),
  registration: {
    ...object<Registration>({
      status,
      model: text,
      durationMs: number,
      requests: count,
      steps: list(refer('step')),
      cleanup: refer('cleanup'),
      facts: refer('facts'),
    }),
    description: 'The model-registration flow.',
  },
  hypothesisId: oneOf(hypothesisIds),
  hypothesis: object<DescribedCandidate>({
    id: refer('hypothesisId'),
    fault: { type: 'integer', minimum: 0, description: 'Which of the `faults` it could be, by its place there.' },
    probability: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Of all that could be behind this fault, what is not in the catalogue included.',
    },
    explains: ids,
    contradicts: { ...ids, description: 'What it would let fail and what works, or the other way round.' },
    hop: oneOf(Object.keys(hopLabels)),
    hosts: { ...orNull(list(oneOf(hostRoles))), description: 'null: it is not a matter of hosts.' },
    title: { ...text, description: 'A sentence: what is wrong, and on which hosts where it is a matter of hosts.' },
    nextStep: { ...text, description: 'What to run first.' },
    next: {
      ...list(object({ command: text, ifTrue: text, ifFalse: text })),
      description: 'Commands, the most telling first, with what each shows if the hypothesis is true and if it is not.',
    },
    remedy: text,
  }),
  path: object<DescribedPath>({
    fault: { ...orNull(count), description: 'The fault that it shows, by its place in `faults`; null: none is known.' },
    request: {
      ...orNull(text),
      description:
        'The request whose way it is: of those that show the fault, the one that would have gone furthest; null: none crosses what is broken.',
    },
    hops: {
      ...list(
        object({
          hop: oneOf(Object.keys(hopLabels)),
          state: {
            ...oneOf(pathStates),
            description:
              'works: something was seen to pass it, behind the first broken hop by the same path; broken: no other hop can be it; unknown: nothing that passed it was seen; not-on-path: the request does not cross it.',
          },
          suspect: { ...flag, description: 'It may be what is broken, and so may another hop.' },
        }),
      ),
      description: 'All hops of the platform, from the client inwards; empty when there is no request.',
    },
    onset: {
      ...orNull(refer('onset')),
      description: 'When what fails on it began; null: nothing fails, or earlier cycles are not remembered.',
    },
  }),
  onset: object<Onset>({
    since: { ...moment, description: 'Start of the first failing cycle.' },
    failingCycles: { ...count, description: 'Failing cycles before this one; 0: it is new in this cycle.' },
    returns: { ...count, description: 'How often it went away and came back.' },
    deployment: { ...orNull(refer('deployment')), description: 'Shortly before it began; null: none was seen.' },
    causes: { ...list(refer('hypothesisId')), description: 'Earlier diagnoses of it.' },
  }),
  diagnosis: {
    ...object<DescribedDiagnosis>(
      {
        status: oneOf(diagnosisStatuses),
        hypotheses: {
          ...list(refer('hypothesis')),
          description: 'Fault by fault, best first: a tie lists all its members, and then what is not ruled out.',
        },
        faults: {
          ...list(list(refer('hypothesisId'))),
          description: 'Independent faults, each by its hypothesis, or by those that tie.',
        },
        unexplained: { ...ids, description: 'What fails and nothing explains.' },
        paths: {
          ...list(refer('path')),
          description:
            'The request path, one for each fault; without a fault, that of what fails or, where nothing does, of what was answered.',
        },
        defect: { ...text, description: 'Why there is no diagnosis, where the monitor itself failed at it.' },
      },
      ['defect'],
    ),
    description: 'What explains what was seen.',
  },
  blindness: object<Blindness>({
    phase: {
      ...oneOf(['resolve', 'connect', 'tls', 'processing']),
      description: 'Nothing that was asked got past it.',
    },
    control: {
      ...orNull(text),
      description:
        'The target outside of the platform that is stopped alike; null: it may also be the platform as a whole.',
    },
  }),
  deployment: object<Deployment>({ from: text, to: text, at: moment }),
  history: object<History>({
    until: { ...moment, description: 'End of the last cycle before.' },
    version: orNull(text),
    deployment: { ...orNull(refer('deployment')), description: "The last change of the platform's version." },
    ongoing: list(
      object<Ongoing>({
        incident: text,
        since: { ...moment, description: 'Start of the first failing cycle.' },
        failingCycles: count,
        returns: { ...count, description: 'How often it went away and came back.' },
        causes: list(refer('hypothesisId')),
        affected: ids,
        deployment: { ...orNull(refer('deployment')), description: 'Shortly before it began.' },
      }),
    ),
  }),
};

/** The schema of the report, made from the same lists that the prober is made of. */
export const reportJsonSchema = (): string =>
  `${JSON.stringify(
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Report of hokusai-synthetics',
      ...object<Report>({
        schemaVersion: { const: 1 },
        runId: text,
        environment: text,
        startedAt: moment,
        durationMs: number,
        verdict: oneOf(verdicts),
        blind: {
          ...orNull(refer('blindness')),
          description: 'Why what failed tells nothing of the platform; null: the monitor sees.',
        },
        outcomes: list(refer('outcome')),
        registration: { ...orNull(refer('registration')), description: 'null: the flow was left out.' },
        diagnosis: refer('diagnosis'),
        history: {
          ...orNull(refer('history')),
          description: 'What earlier cycles told; null: they are not remembered.',
        },
        recovered: { ...list(text), description: 'Targets that failed in the baseline and pass now.' },
        prober: object({ name: text, version: text }),
      }),
      definitions,
    },
    null,
    2,
  )}\n`;

if (import.meta.main) await writeFile(schemaFile, reportJsonSchema());
