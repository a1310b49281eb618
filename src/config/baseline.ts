import type { Baseline, BaselineEntry } from '../platform/baseline.ts';
import { isFailureMode } from '../platform/failure-modes.ts';
import { registrationHost } from '../platform/registration.ts';
import type { Status } from '../platform/report.ts';

/** Reads a saved JSON report as a baseline; throws a sentence that says what is wrong with it. */
export const parseBaseline = (text: string): Baseline => {
  const report = parse(text);
  if (typeof report !== 'object' || report === null || !('outcomes' in report) || !Array.isArray(report.outcomes))
    throw new Error('it is no saved report: there are no outcomes; save one with check --format json --output FILE');
  const version = 'schemaVersion' in report ? report.schemaVersion : undefined;
  if (version !== 1) throw new Error(`its schemaVersion is ${JSON.stringify(version)}, this version reads 1`);
  return [
    ...report.outcomes.map((outcome: unknown, i) => entryOf(fieldsOf(outcome), 'target', `outcomes[${i}]`)),
    ...stepsOf('registration' in report ? report.registration : null),
  ];
};

/** The steps of the model-registration flow, under the ids by which they are compared; none, when the flow was left out. */
const stepsOf = (registration: unknown): readonly BaselineEntry[] => {
  if (registration === null) return [];
  const { steps } = fieldsOf(registration);
  if (!Array.isArray(steps)) throw new Error('its registration has no steps');
  return steps.map((step: unknown, i) => {
    const entry = entryOf(fieldsOf(step), 'id', `registration.steps[${i}]`);
    // An id of another version matches nothing, and does no harm.
    return { ...entry, target: `${registrationHost}.${entry.target}` };
  });
};

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const parse = (text: string): unknown => {
  if (text.trim() === '') throw new Error('it is empty');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const statuses: readonly string[] = ['pass', 'degraded', 'fail', 'inconclusive', 'skipped'] satisfies readonly Status[];

/** `name`: the field by which the entry is called. */
const entryOf = (fields: Fields, name: 'target' | 'id', place: string): BaselineEntry => {
  const { [name]: target, status, failureMode = null, answeredBy = null } = fields;
  if (typeof target !== 'string') throw new Error(`${place} has no ${name}`);
  if (typeof status !== 'string' || !statuses.includes(status))
    throw new Error(`${place} (${target}) has no known status`);
  if (failureMode !== null && (typeof failureMode !== 'string' || !isFailureMode(failureMode)))
    throw new Error(`${place} (${target}) has a failure mode that this version does not know: ${String(failureMode)}`);
  return {
    target,
    status: status as Status,
    failureMode,
    answeredBy: typeof answeredBy === 'string' ? answeredBy : null,
  };
};
