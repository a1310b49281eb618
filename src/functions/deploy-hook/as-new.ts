import { verdictOf } from '../../classify/outcome.ts';
import { diagnose } from '../../diagnose/diagnose.ts';
import { diagnoseKnown } from '../../diagnose/still-failing.ts';
import { isBroken } from '../../model/predicates.ts';
import type { Report } from '../../model/report.ts';
import { withKnown } from '../../model/requests.ts';
import type { Target } from '../../model/target.ts';

export interface WhatCounts {
  /** Ids of requests that failed before the deployment. */
  readonly before: ReadonlySet<string>;
  /** Every failure counts, including those in the baseline. */
  readonly blockOnKnown: boolean;
  readonly targets: readonly Target[];
}

/**
 * The report with only the failures that the deployment can have caused. What failed before becomes known and is no
 * symptom; verdict and diagnosis cover the rest. An inconclusive request never becomes known, because it was not seen.
 */
export const asNew = (report: Report, { before, blockOnKnown, targets }: WhatCounts): Report => {
  const results = withKnown(report, ({ id, status, known, stillFailing = false }) => {
    const isKnown = !blockOnKnown && (known || before.has(id)) && isBroken({ status, known: false });
    return { known: isKnown, stillFailing: isKnown && (!known || stillFailing) };
  });
  const seen = { blind: report.blind, ...results };
  const { stillFailing: _, ...frame } = report;
  const diagnosis = diagnose(seen, targets, report.history);
  return {
    ...frame,
    ...seen,
    verdict: verdictOf(seen, diagnosis),
    diagnosis,
    ...diagnoseKnown(seen, targets, report.history),
  };
};
