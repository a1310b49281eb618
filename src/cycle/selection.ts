import type { Settings } from '../config/settings.ts';
import type { Target } from '../model/target.ts';
import { registrationHost } from '../platform/flow-steps.ts';

/** Which part of a cycle is to run. */
export interface Selection {
  /** Ids of the targets to probe, also when they are switched off; null: all that are enabled. */
  readonly only: readonly string[] | null;
  /** Whether the model-registration flow runs. */
  readonly registration: boolean;
}

/** What is asked for by ids, among which `registration` stands for the flow; null: everything that is enabled. */
export const selectionOf = (ids: readonly string[] | null, { registration }: Settings): Selection =>
  ids === null
    ? { only: null, registration: registration.enabled }
    : { only: ids.filter((id) => id !== registrationHost), registration: ids.includes(registrationHost) };

export const selectTargets = ({ targets }: Settings, only: Selection['only']): readonly Target[] =>
  only === null ? targets.filter(({ enabled }) => enabled) : targets.filter(({ id }) => only.includes(id));
