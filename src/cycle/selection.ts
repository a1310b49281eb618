import type { Settings } from '../config/settings.ts';
import type { Target } from '../model/target.ts';
import { registrationHost } from '../platform/flow-steps.ts';

/** The part of a cycle to run. */
export interface Selection {
  /** Ids of the targets to probe, even if they are disabled. Null for all enabled targets. */
  readonly only: readonly string[] | null;
  /** Whether the model-registration flow runs. */
  readonly registration: boolean;
}

/** The selection for these ids, where `registration` stands for the flow. Null selects everything enabled. */
export const selectionOf = (ids: readonly string[] | null, { registration }: Settings): Selection =>
  ids === null
    ? { only: null, registration: registration.enabled }
    : { only: ids.filter((id) => id !== registrationHost), registration: ids.includes(registrationHost) };

export const selectTargets = ({ targets }: Settings, only: Selection['only']): readonly Target[] =>
  only === null ? targets.filter(({ enabled }) => enabled) : targets.filter(({ id }) => only.includes(id));
