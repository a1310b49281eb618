import type { Target } from '../model/target.ts';
import { cleanUpTarget, stepIds, stepTarget } from '../platform/flow-steps.ts';

/** Ids of everything that a full cycle asks. @param flow whether it runs the registration flow */
export const allIds = (targets: readonly Target[], flow: boolean): readonly string[] => [
  ...targets.filter(({ enabled }) => enabled).map(({ id }) => id),
  ...(flow ? [...stepIds.map(stepTarget), cleanUpTarget] : []),
];
