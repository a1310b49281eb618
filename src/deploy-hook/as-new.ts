import { verdictOf } from '../classify/outcome.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { partsOf } from '../parts.ts';
import { stepTarget } from '../platform/registration.ts';
import type { Report, Status } from '../platform/report.ts';
import type { Target } from '../platform/target.ts';

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
  const marked = <T extends { readonly status: Status; readonly known: boolean }>(id: string, one: T): T => {
    const fails = one.status === 'fail' || one.status === 'degraded';
    return { ...one, known: fails && !blockOnKnown && (one.known || before.has(id)) };
  };
  const { registration } = report;
  const seen = {
    blind: report.blind,
    outcomes: report.outcomes.map((one) => marked(one.target, one)),
    registration:
      registration === null
        ? null
        : { ...registration, steps: registration.steps.map((one) => marked(stepTarget(one.id), one)) },
  };
  return {
    ...report,
    ...seen,
    verdict: verdictOf(partsOf(seen)),
    diagnosis: diagnose(seen, targets, report.history),
  };
};
