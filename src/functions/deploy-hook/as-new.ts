import { verdictOf } from '../../classify/outcome.ts';
import { diagnose } from '../../diagnose/diagnose.ts';
import { isBroken } from '../../model/predicates.ts';
import type { Report } from '../../model/report.ts';
import { withKnown } from '../../model/requests.ts';
import type { Target } from '../../model/target.ts';

export interface WhatCounts {
  /** Ids of requests that were broken before the deployment. */
  readonly before: ReadonlySet<string>;
  /** Everything counts, what the baseline knows too. */
  readonly blockOnKnown: boolean;
  readonly targets: readonly Target[];
}

/**
 * A report as the deployment has to answer for it: what failed before is known, and so no symptom; verdict and diagnosis
 * are those of the rest. What is inconclusive is never known: it was not seen.
 */
export const asNew = (report: Report, { before, blockOnKnown, targets }: WhatCounts): Report => {
  const results = withKnown(
    report,
    ({ id, status, known }) => !blockOnKnown && (known || before.has(id)) && isBroken({ status, known: false }),
  );
  const seen = { blind: report.blind, ...results };
  return {
    ...report,
    ...seen,
    verdict: verdictOf(seen),
    diagnosis: diagnose(seen, targets, report.history),
  };
};
