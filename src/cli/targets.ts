import { nearest } from '../config/nearest.ts';
import type { Settings } from '../config/settings.ts';
import { type Selection, selectionOf } from '../cycle/selection.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { UsageError } from './usage-error.ts';

/** The selection of `--target` (none: all) and `--skip-registration`. @throws UsageError for an unknown name */
export const selectionFor = (names: readonly string[], skipRegistration: boolean, settings: Settings): Selection => {
  if (skipRegistration && names.includes(registrationHost))
    throw new UsageError(`--target ${registrationHost} and --skip-registration exclude each other: leave one out`);
  const selection = selectionOf(names.length === 0 ? null : names.flatMap((name) => idsOf(name, settings)), settings);
  return skipRegistration ? { ...selection, registration: false } : selection;
};

/** The ids for a target's id, or for a host: all its enabled targets. */
const idsOf = (name: string, { targets }: Settings): readonly string[] => {
  if (name === registrationHost) return [name];
  const own = targets.filter(({ id }) => id === name);
  const ofHost = targets.filter(({ host, enabled }) => host === name && enabled);
  const found = own.length > 0 ? own : ofHost;
  if (found.length > 0) return found.map(({ id }) => id);
  if (targets.some(({ host }) => host === name))
    throw new UsageError(`--target ${name}: all targets of this host are switched off; name one of them by its id`);
  throw new UsageError(`--target ${name}: ${wayOut(name, targets)}`);
};

const wayOut = (name: string, targets: Settings['targets']): string => {
  if (name.startsWith(`${registrationHost}.`))
    return `the steps of the flow need each other, and run together: --target ${registrationHost}`;
  const known = [registrationHost, ...targets.map(({ id }) => id), ...new Set(targets.map(({ host }) => host))];
  const suggestion = nearest(name, known);
  return `there is no such target or host; ${suggestion === null ? 'explain targets lists them' : `did you mean ${suggestion}?`}`;
};
