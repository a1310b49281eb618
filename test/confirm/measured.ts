import type { AwsVerdict } from '../../src/model/aws-confirmation.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';

/** One fault: what is named from outside, and with AWS. */
export interface Measured {
  readonly fault: string;
  readonly causes: readonly string[];
  readonly outside: readonly (readonly string[])[];
  readonly withAws: readonly (readonly string[])[];
  readonly findings: readonly (readonly [HypothesisId, AwsVerdict])[];
  readonly calls: number;
}

export const isTie = ({ outside }: Measured): boolean => outside.some((tie) => tie.length > 1);

/** Every tie has split, and no wrong cause is left. */
export const isDecided = ({ withAws, causes }: Measured): boolean =>
  withAws.length > 0 && withAws.every((tie) => tie.length === 1) && withAws.flat().every((id) => causes.includes(id));

const isFound = ({ findings, causes }: Measured, verdict: AwsVerdict): boolean =>
  findings.some(([id, said]) => said === verdict && causes.includes(id));

/** A recorded fault may have two right names. Refuting one of them is right if the other is confirmed. */
export const refutedWrongly = (one: Measured): boolean => isFound(one, 'refuted') && !isFound(one, 'confirmed');

export const isConfirmed = (one: Measured): boolean => isFound(one, 'confirmed');

export const confirmedWrongly = ({ findings, causes }: Measured): boolean =>
  findings.some(([id, verdict]) => verdict === 'confirmed' && !causes.includes(id));
