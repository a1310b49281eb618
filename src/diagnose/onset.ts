import { type Deployment, deploymentEffectMs, type History, type Ongoing } from '../model/history.ts';
import type { Request } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { platformVersion } from './platform-version.ts';

/** Whether the failures began with a deployment of the platform. */
export type Onset = 'after-deployment' | 'no-deployment' | 'unknown';

/** Unknown without a history, and when the version can no longer be read. */
export const onsetOf = (all: readonly Request[], targets: readonly Target[], history: History | null): Onset => {
  if (history === null || history.version === null) return 'unknown';
  const now = platformVersion(all, targets);
  const isChanging = now !== null && now !== history.version;
  const began = beganAt(all, history);
  // The failure was there before the new version was first seen: the roll-out caused it, or something else.
  if (isChanging) return began === null ? 'after-deployment' : 'unknown';
  if (history.deployment !== null && cameBefore(history.deployment, began ?? Date.parse(history.until)))
    return 'after-deployment';
  return now === null ? 'unknown' : 'no-deployment';
};

/** Unix time; null: in this cycle. */
const beganAt = (all: readonly Request[], { ongoing }: History): number | null => {
  const failing = new Set(all.flatMap(({ id, status, known }) => (known || status === 'pass' ? [] : [id])));
  const same = ongoing.filter(({ affected }: Ongoing) => affected.some((id) => failing.has(id)));
  return same.length === 0 ? null : Math.min(...same.map(({ since }) => Date.parse(since)));
};

const cameBefore = ({ at }: Deployment, beganMs: number): boolean => {
  const agoMs = beganMs - Date.parse(at);
  return agoMs >= 0 && agoMs <= deploymentEffectMs;
};
