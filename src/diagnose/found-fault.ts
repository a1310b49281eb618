import type { CauseId } from './placed-variants.ts';

export interface RankedCause {
  readonly id: CauseId;
  /** Of the whole cause, over its cases. */
  readonly logLikelihood: number;
  readonly logPosterior: number;
  /** The log-likelihood of the case that fits best, however rare that case is. */
  readonly fit: number;
  /** Its most probable case. */
  readonly best: number;
}

/** A fault that was found. Cases are indexes of `placedVariants`. */
export interface FoundFault {
  readonly best: number;
  readonly tie: readonly CauseId[];
  readonly ranking: readonly RankedCause[];
  /** Log-evidence for an unknown cause of its own failures alone, if it was found without the others (apart.ts). */
  readonly logOtherAlone?: number;
}
