import type { Limits } from '../model/limits.ts';
import { carriesKey, type Target } from '../model/target.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { defaultHosts, type Hosts } from '../platform/hosts.ts';
import { defaultTargets } from '../platform/targets.ts';
import { type ConfigErrorAt, finding } from './config-errors.ts';
import { keyErrors, onlyErrors } from './only.ts';
import { override } from './override.ts';
import { groupOf, ownTarget } from './own-target.ts';
import { type Configuration, targetIdPattern } from './schema/configuration.ts';
import type { HttpOverride, OwnHttp, OwnTarget } from './schema/target.ts';
import { type KeyRules, orderErrors, requestErrors } from './target-rules.ts';

export interface AssembledTargets {
  readonly targets: readonly Target[];
  readonly findings: readonly ConfigErrorAt[];
  /** Ids of default targets that are off because there is no key. */
  readonly offWithoutKey: readonly string[];
}

/** Inputs besides the document's own targets. */
export interface TargetContext {
  readonly hosts: Hosts;
  readonly limits: Limits;
  readonly rules: KeyRules;
  /** Ids of invalid targets that were left out of the document. */
  readonly broken: readonly string[];
}

export const targetsOf = (document: Configuration, context: TargetContext): AssembledTargets => {
  const { targets: said = {}, only, cors } = document;
  const { hosts, limits, rules, broken } = context;
  const plain = defaultTargets({ hosts, limits, corsOrigin: cors?.origin ?? `https://${defaultHosts.platform}` });
  const standardIds = new Set(plain.map(({ id }) => id));
  const ownIds = Object.keys(said).filter((id) => !standardIds.has(id));
  const all = [
    ...plain.map((target) => overridden(target, said)),
    ...ownIds.map((id) => ownTarget(id, said[id] as OwnTarget, { hosts, limits, standard: plain })),
  ];
  const offWithoutKey = only === undefined && !rules.hasKey ? all.filter(isOffWithoutKey(said, standardIds)) : [];
  const isOn = ({ id, enabled }: Target): boolean =>
    only === undefined ? enabled && !offWithoutKey.some((off) => off.id === id) : only.includes(id);
  const targets = all.map((target): Target => ({ ...target, enabled: isOn(target) }));
  const findings = [
    ...onlyErrors(document, targets, broken),
    ...(rules.hasKey ? [] : keyErrors(document, targets)),
    ...ownIds.flatMap(idErrors),
    ...targets.flatMap((target) => {
      const entry = said[target.id];
      if (entry === undefined || target.kind !== 'http') return [];
      return requestErrors(target, entry as HttpOverride | OwnHttp, rules);
    }),
    // An invalid entry is missing here, and another target may wait for it.
    ...(broken.length > 0
      ? []
      : orderErrors(
          targets,
          Object.keys(said).filter((id) => said[id]?.after !== undefined),
        )),
  ];
  return { targets, findings, offWithoutKey: offWithoutKey.map(({ id }) => id) };
};

type Said = NonNullable<Configuration['targets']>;

const overridden = (target: Target, said: Said): Target => {
  const entry = said[target.id];
  return entry === undefined ? target : override(target, entry);
};

/** A default target that needs a key while there is none. If the document enables it, that is an error instead. */
const isOffWithoutKey =
  (said: Said, standardIds: ReadonlySet<string>) =>
  (target: Target): boolean => {
    const { id, enabled } = target;
    if (!standardIds.has(id) || target.kind !== 'http' || !carriesKey(target.auth) || !enabled) return false;
    const entry = said[id];
    return entry === undefined || (entry.enabled !== true && !('auth' in entry));
  };

const idErrors = (id: string): readonly ConfigErrorAt[] => {
  if (!targetIdPattern.test(id)) return [finding(['targets', id], { code: 'malformed', format: 'target-id' }, 'key')];
  // Reports and baselines use these ids for the flow's steps.
  if (groupOf(id) === registrationHost) return [finding(['targets', id], { code: 'reserved-id' }, 'key')];
  return [];
};
