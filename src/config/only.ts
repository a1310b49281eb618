import { carriesKey, type Target } from '../model/target.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { type ConfigErrorAt, type ConfigErrorData, finding, type Path } from './config-errors.ts';
import { nearest } from './nearest.ts';
import type { Configuration } from './schema/configuration.ts';
import type { Note } from './wording.ts';

/*
 * `targets.only` takes what --target takes: ids of targets, and `registration` for the flow. It enables these and disables the rest.
 * `registration.enabled`, where it is set, decides for the flow.
 */

const placeOf = (index: number): Path => ['targets', 'only', index];

/** Whether `only` lets the flow run; null: there is no `only`. */
export const flowInOnly = ({ only }: Configuration): boolean | null => only?.includes(registrationHost) ?? null;

/** Names that `only` must not hold; `broken`: ids of targets that could not be read. */
export const onlyErrors = (
  document: Configuration,
  targets: readonly Target[],
  broken: readonly string[],
): readonly ConfigErrorAt[] => {
  const known = [...targets.map(({ id }) => id), ...broken, registrationHost];
  return (document.only ?? []).flatMap((id, index) => {
    const fault = known.includes(id) ? contradiction(id, document) : unknownTargetError(id, targets, known);
    return fault === null ? [] : [finding(placeOf(index), fault)];
  });
};

const contradiction = (id: string, { targets, registration }: Configuration): ConfigErrorData | null => {
  if (id === registrationHost)
    return registration?.enabled === false ? { code: 'only-names-disabled', switch: 'registration.enabled' } : null;
  return targets?.[id]?.enabled === false ? { code: 'only-names-disabled', switch: `targets.${id}.enabled` } : null;
};

const unknownTargetError = (id: string, targets: readonly Target[], known: readonly string[]): ConfigErrorData => {
  if (id.startsWith(`${registrationHost}.`)) return { code: 'only-names-step' };
  const group = targets.filter(({ host }) => host === id).map((target) => target.id);
  if (group.length > 0) return { code: 'only-names-group', group };
  return { code: 'unknown-id', known: 'a target', nearest: nearest(id, known) };
};

/** Targets that `only` enables although there is no key. A target with its own entry is reported there. */
export const keyErrors = (
  { only = [], targets: said = {}, registration }: Configuration,
  targets: readonly Target[],
): readonly ConfigErrorAt[] => {
  const keyed = new Set([
    ...targets.filter((one) => one.kind === 'http' && carriesKey(one.auth)).map(({ id }) => id),
    ...(registration?.enabled === undefined ? [registrationHost] : []),
  ]);
  return only.flatMap((id, index) =>
    keyed.has(id) && said[id] === undefined ? [finding(placeOf(index), { code: 'key-needed', otherwise: null })] : [],
  );
};

/** Targets that `only` disables, or lets go without waiting, perhaps by mistake. */
export const onlyNotes = (
  { only, targets: said = {}, registration }: Configuration,
  targets: readonly Target[],
): readonly Note[] => {
  if (only === undefined) return [];
  const waitsFor = new Map(targets.map(({ id, after }) => [id, after.filter((other) => !only.includes(other))]));
  return [
    ...(only.includes(registrationHost) || registration?.enabled !== undefined ? [] : [flowIsOff]),
    ...Object.keys(said).flatMap((id) => (said[id]?.enabled === true && !only.includes(id) ? [targetIsOff(id)] : [])),
    ...only.flatMap((id, index) => {
      const missed = waitsFor.get(id) ?? [];
      return missed.length === 0 ? [] : [asksAtOnce(index, missed)];
    }),
  ];
};

const flowIsOff: Note = {
  path: ['targets', 'only'],
  words: { reason: 'does not name registration, so the model-registration flow is off', hint: '' },
};

const targetIsOff = (id: string): Note => ({
  path: ['targets', id, 'enabled'],
  words: { reason: 'is true, but targets.only does not name this target: it is off', hint: '' },
});

const asksAtOnce = (index: number, missed: readonly string[]): Note => ({
  path: placeOf(index),
  words: {
    reason: `waits for ${missed.join(', ')} when that is on, but is sent without waiting now`,
    hint: 'name it too, unless this request is too cheap to block the platform',
  },
});
