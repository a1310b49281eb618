import { cutText, versionBytes } from '../model/cut-text.ts';
import type { Request } from '../model/requests.ts';
import { namesPlatformVersion, type Target } from '../model/target.ts';

/** The platform's version, as most of the API's own health routes report it; null: none does. */
export const platformVersion = (all: readonly Request[], targets: readonly Target[]): string | null => {
  const naming = new Set(targets.filter(namesPlatformVersion).map(({ id }) => id));
  const named = all.flatMap(({ id, evidence }) => (naming.has(id) ? (evidence.version ?? []) : []));
  const [most] = [...Map.groupBy(named, (version) => version)].toSorted(([, a], [, b]) => b.length - a.length);
  // Cut here, for everything that compares it with the stored one.
  return most === undefined ? null : cutText(most[0], versionBytes);
};
