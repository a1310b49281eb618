import { blindnessOf, unseenIds } from '../classify/reach.ts';
import type { Settings } from '../config/settings.ts';
import type { Report, Status } from '../model/report.ts';
import { stepTarget } from '../platform/flow-steps.ts';
import { withSteps } from '../registration/judge.ts';

/** A blind monitor learns nothing from failures, so they become inconclusive. */
export const judgeBlindness = (
  { outcomes, registration }: Pick<Report, 'outcomes' | 'registration'>,
  { targets, registration: { through } }: Settings,
): Pick<Report, 'blind' | 'outcomes' | 'registration'> => {
  const asked = { outcomes, registration, targets, through };
  const blind = blindnessOf(asked);
  if (blind === null) return { blind, outcomes, registration };
  const unseen = unseenIds(asked, blind);
  const asSeen = <T extends { readonly status: Status }>(id: string, one: T): T =>
    unseen.has(id) && one.status === 'fail' ? { ...one, status: 'inconclusive' } : one;
  return {
    blind,
    outcomes: outcomes.map((outcome) => asSeen(outcome.target, outcome)),
    registration:
      registration &&
      withSteps(
        registration,
        registration.steps.map((step) => asSeen(stepTarget(step.id), step)),
      ),
  };
};
