import { causeOfDependencies, toldCauseOf } from '../classify/told-cause.ts';
import { noFindings } from '../model/blank.ts';
import { isFailureMode } from '../platform/failure-modes.ts';
import type { ToldCause } from '../platform/told-causes.ts';

/**
 * An outcome or a step of a saved report with what its answer tells. Earlier versions kept the start of the answer and our sentence
 * about it, and read the cause from these when they made a diagnosis; here alone they still are. Anything else stays as it is.
 */
export const withFindings = (entry: unknown): unknown => {
  if (!isRecord(entry)) return entry;
  const { attempts } = entry;
  return {
    ...('cause' in entry ? {} : { ...noFindings, cause: causeBefore(entry) }),
    ...entry,
    ...(Array.isArray(attempts) ? { attempts: attempts.map(withFindings) } : {}),
  };
};

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
