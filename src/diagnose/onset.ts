import { type Deployment, deploymentEffectMs, type History, type Ongoing } from '../model/history.ts';
import type { Request } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { platformVersion } from './platform-version.ts';

/** Whether what fails began with a deployment of the platform. */
export type Onset = 'after-deployment' | 'no-deployment' | 'unknown';

/** Unknown without a history, and where the version cannot be read any more. */
export const onsetOf = (all: readonly Request[], targets: readonly Target[], history: History | null): Onset => {
  if (history === null || history.version === null) return 'unknown';
  const now = platformVersion(all, targets);
  const isChanging = now !== null && now !== history.version;
  const began = beganAt(all, history);
  // A failure that was there before the new version was first seen: of a roll-out, or of something else.
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
