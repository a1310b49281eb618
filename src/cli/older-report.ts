import * as v from 'valibot';
import { causeOfDependencies, toldCauseOf } from '../classify/told-cause.ts';
import { noFindings } from '../model/blank.ts';
import { isFailureMode } from '../model/failure-modes.ts';
import { blindness } from '../model/report-schema/report.ts';
import type { ToldCause } from '../model/told-causes.ts';
import { outsideGroup } from '../platform/hosts.ts';

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isRecord(value) ? value : {});

const listIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

/**
 * A saved report with what an older version told in another way, or not at all. A single field that is only shown needs
 * nothing here: its schema says what stands for it.
 */
export const migrated = (saved: Fields): Fields => ({
  ...saved,
  outcomes: eachIn(saved['outcomes']),
  // Earlier versions knew of no flow.
  registration: flowIn(saved['registration']),
  // Earlier versions told of a blind monitor in the diagnosis alone.
  blind: saved['blind'] === null || v.is(blindness, saved['blind']) ? saved['blind'] : blindBefore(saved),
});

const blindBefore = ({ diagnosis, outcomes }: Fields): v.InferOutput<typeof blindness> | null => {
  if (fieldsOf(diagnosis)['status'] !== 'monitor-blind') return null;
  const all = listIn(outcomes);
  const control = all.find(({ host }) => host === outsideGroup)?.['target'];
  return {
    phase: all.some(({ phase }) => phase === 'connect') ? 'connect' : 'resolve',
    control: typeof control === 'string' ? control : null,
  };
};

/**
 * An outcome or a step of a saved report with what its answer tells. Earlier versions kept the start of the answer and our sentence
 * about it, and read the cause from these when they made a diagnosis; here alone they still are. Anything else stays as it is.
 */
const withFindings = (entry: unknown): unknown => {
  if (!isRecord(entry)) return entry;
  const { attempts, evidence, timingsMs } = entry;
  return {
    ...('cause' in entry ? {} : { ...noFindings, cause: causeBefore(entry) }),
    ...entry,
    evidence: fieldsOf(evidence),
    timingsMs: fieldsOf(timingsMs),
    ...(attempts === undefined ? {} : { attempts: eachIn(attempts) }),
  };
};

const eachIn = (list: unknown): unknown => (Array.isArray(list) ? list.map(withFindings) : list);

const flowIn = (saved: unknown): unknown =>
  saved === undefined || saved === null ? null : { ...fieldsOf(saved), steps: eachIn(fieldsOf(saved)['steps']) };

const causeBefore = ({ failureMode, evidence }: Fields): ToldCause | null => {
  if (typeof failureMode !== 'string' || !isFailureMode(failureMode) || !isRecord(evidence)) return null;
  const { body, summary } = evidence;
  if (failureMode === 'dependency-unhealthy') return typeof summary === 'string' ? causeInSentence(summary) : null;
  const words = body ?? summary;
  return typeof words === 'string' ? toldCauseOf(failureMode, () => words) : null;
};

/** How our sentence began to name dependencies. */
const because = 'because of ';

/** A comma stood between several of them. */
const causeInSentence = (sentence: string): ToldCause | null => {
  const at = sentence.indexOf(because, sentence.lastIndexOf(',') + 1);
  return at === -1 ? null : causeOfDependencies([{ name: sentence.slice(at + because.length), state: 'unhealthy' }]);
};
