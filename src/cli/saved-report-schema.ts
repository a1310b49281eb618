import * as v from 'valibot';
import { answererLabels } from '../platform/answerers.ts';
import { failureModes } from '../platform/failure-modes.ts';
import { hopLabels } from '../platform/hops.ts';
import { hypothesisIds } from '../platform/hypotheses.ts';
import { phases, type TimedPhase } from '../platform/phases.ts';
import { stepIds } from '../platform/registration.ts';
import type { Status, Verdict } from '../platform/report.ts';
import { aspects } from '../platform/target.ts';
import { toldCauses } from '../platform/told-causes.ts';

/*
 * What a saved report must have to be diagnosed and shown again. What decides is asked for strictly;
 * what only is shown falls back to "not known", so that an older or newer version's report is of use.
 */

const statuses = ['pass', 'degraded', 'fail', 'inconclusive', 'skipped'] as const satisfies readonly Status[];
const verdicts = ['healthy', 'degraded', 'failing', 'inconclusive'] as const satisfies readonly Verdict[];

const keysOf = <T extends object>(labels: T): (keyof T & string)[] => Object.keys(labels) as (keyof T & string)[];

const status = v.picklist(statuses);
const failureMode = v.nullable(v.picklist(keysOf(failureModes)));
const ms = v.fallback(v.nullable(v.number()), null);
const text = (otherwise: string) => v.fallback(v.string(), otherwise);
const nullable = <T extends v.GenericSchema>(schema: T) => v.fallback(v.nullable(schema), null);
const flag = nullable(v.boolean());

const timed = {
  resolve: ms,
  connect: ms,
  tls: ms,
  processing: ms,
  transfer: ms,
  total: ms,
} satisfies Record<TimedPhase | 'total', typeof ms>;

const untimed = { resolve: null, connect: null, tls: null, processing: null, transfer: null, total: null };

const texts = v.fallback(v.array(v.string()), []);
const list = <T extends v.GenericSchema>(entry: T) => v.fallback(v.array(entry), []);

const certificate = v.looseObject({
  issuer: text(''),
  names: texts,
  validFrom: text(''),
  validTo: text(''),
  daysLeft: v.number(),
});

const evidence = v.looseObject({
  summary: text(''),
  code: nullable(v.string()),
  body: nullable(v.string()),
  headers: v.fallback(v.record(v.string(), v.string()), {}),
  resolution: nullable(v.looseObject({ chain: texts, addresses: texts })),
  connects: list(
    v.looseObject({
      address: v.string(),
      port: v.number(),
      code: nullable(v.string()),
      ms: v.fallback(v.number(), 0),
      noRoute: v.fallback(v.boolean(), false),
    }),
  ),
  certificate: nullable(certificate),
  addresses: list(
    v.looseObject({
      address: v.string(),
      status,
      failureMode,
      code: nullable(v.string()),
      summary: text(''),
      certificate: nullable(certificate),
    }),
  ),
  redirects: list(v.looseObject({ status: v.number(), from: v.string(), location: v.string() })),
  version: nullable(v.string()),
  traceId: nullable(v.string()),
  loopLateMs: v.fallback(v.number(), 0),
});

/** What an entry has that says nothing of its evidence. */
const noEvidence = {
  summary: '',
  code: null,
  body: null,
  headers: {},
  resolution: null,
  connects: [],
  certificate: null,
  addresses: [],
  redirects: [],
  version: null,
  traceId: null,
  loopLateMs: 0,
};

/** What an older report lacks is made by older-report.ts. */
const judged = {
  status,
  failureMode,
  phase: nullable(v.picklist(phases)),
  hop: nullable(v.picklist(keysOf(hopLabels))),
  answeredBy: v.nullable(v.picklist(keysOf(answererLabels))),
  httpStatus: nullable(v.number()),
  address: nullable(v.string()),
  cause: nullable(v.picklist(toldCauses)),
  dependencies: list(v.object({ name: v.string(), state: v.picklist(['healthy', 'degraded', 'unhealthy']) })),
  fingerprint: nullable(v.string()),
  timingsMs: v.fallback(v.looseObject(timed), untimed),
  evidence: v.fallback(evidence, noEvidence),
  known: v.fallback(v.boolean(), false),
};

export const outcome = v.looseObject({
  target: v.string(),
  host: v.string(),
  aspect: v.fallback(v.picklist(aspects), 'answer'),
  ...judged,
  attempts: v.array(v.looseObject({ status, failureMode })),
});

export const step = v.looseObject({
  id: v.picklist(stepIds),
  ...judged,
  durationMs: v.fallback(v.number(), 0),
  requests: v.fallback(v.number(), 0),
});

const made = v.fallback(v.array(v.looseObject({ thing: v.string(), id: v.string() })), []);

export const registration = v.looseObject({
  model: text(''),
  requests: v.fallback(v.number(), 0),
  status,
  durationMs: v.fallback(v.number(), 0),
  cleanup: v.looseObject({
    status,
    failureMode: v.fallback(failureMode, null),
    durationMs: v.fallback(v.number(), 0),
    leftBehind: made,
    swept: made,
    evidence: nullable(evidence),
  }),
  facts: v.looseObject({
    credentialForms: v.fallback(
      v.looseObject({ bearer: v.optional(failureMode), 'x-api-key': v.optional(failureMode) }),
      {},
    ),
    readsWork: flag,
    writesWork: flag,
    artifactsWork: flag,
    deletesThrough: nullable(v.string()),
    loggedModels: flag,
  }),
});

const deployment = v.object({ from: v.string(), to: v.string(), at: v.string() });

const history = v.object({
  until: v.string(),
  version: v.nullable(v.string()),
  deployment: v.nullable(deployment),
  ongoing: v.array(
    v.object({
      incident: v.string(),
      since: v.string(),
      failingCycles: v.number(),
      returns: v.number(),
      causes: v.fallback(v.array(v.picklist(hypothesisIds)), []),
      affected: v.array(v.string()),
      deployment: v.nullable(deployment),
    }),
  ),
});

/** What is around the outcomes. */
export const frame = v.looseObject({
  runId: text(''),
  environment: text('unknown'),
  startedAt: text(''),
  durationMs: v.fallback(v.number(), 0),
  verdict: nullable(v.picklist(verdicts)),
  blind: nullable(
    v.object({ phase: v.picklist(['resolve', 'connect', 'tls', 'processing']), control: v.nullable(v.string()) }),
  ),
  recovered: v.fallback(v.array(v.string()), []),
  history: nullable(history),
  prober: v.fallback(v.object({ name: v.string(), version: v.string() }), { name: 'unknown', version: 'unknown' }),
});
