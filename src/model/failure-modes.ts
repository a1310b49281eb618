import { connectionFailures } from './connection-failures.ts';
import type { FailureModeTraits } from './failure-mode.ts';
import { responseFailures } from './response-failures.ts';

/** Every way in which a probe can fail. The list is closed because it is a metric dimension. Names are stable. */
export const failureModes = { ...connectionFailures, ...responseFailures } satisfies Record<string, FailureModeTraits>;

export type FailureMode = keyof typeof failureModes;

export const isFailureMode = (name: string): name is FailureMode => Object.hasOwn(failureModes, name);

export const modesWith = (holds: (traits: FailureModeTraits) => boolean): readonly FailureMode[] =>
  Object.keys(failureModes)
    .filter(isFailureMode)
    .filter((name) => holds(failureModes[name]));
