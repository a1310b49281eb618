import { cutText, versionBytes } from '../platform/cut-text.ts';
import type { Outcome } from '../platform/report.ts';
import { namesPlatformVersion, type Target } from '../platform/target.ts';

/** The platform's version, as most of the API's own health routes name it; null: none does. */
export const platformVersion = (outcomes: readonly Outcome[], targets: readonly Target[]): string | null => {
  const naming = new Set(targets.filter(namesPlatformVersion).map(({ id }) => id));
  const named = outcomes.flatMap(({ target, evidence }) => (naming.has(target) ? (evidence.version ?? []) : []));
  const [most] = [...Map.groupBy(named, (version) => version)].toSorted(([, a], [, b]) => b.length - a.length);
  // Here, for all who compare it with the one that is remembered.
  return most === undefined ? null : cutText(most[0], versionBytes);
};
