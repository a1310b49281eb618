import { carriesKey, type HttpTarget, type Target } from '../model/target.ts';
import { type ConfigErrorAt, finding } from './config-errors.ts';
import { expectationErrors } from './expectation.ts';
import { nearest } from './nearest.ts';
import type { HttpOverride, OwnHttp } from './schema/target.ts';

export interface KeyRules {
  readonly hasKey: boolean;
  /** Null: unknown, because the sections that list them are invalid. */
  readonly keyHosts: readonly string[] | null;
}

/** Errors of one request. `said` is its entry in the configuration, `target` the result. */
export const requestErrors = (
  target: HttpTarget,
  said: HttpOverride | OwnHttp,
  rules: KeyRules,
): readonly ConfigErrorAt[] => {
  const path = ['targets', target.id];
  return [
    ...credentialErrors(target, said, rules),
    ...(target.body !== null && target.method !== 'POST'
      ? [finding([...path, 'body'], { code: 'body-not-sent', method: target.method }, 'key')]
      : []),
    ...expectationErrors(target, said.expect ?? {}, [...path, 'expect']),
    ...duplicateHeaders(said.headers ?? {}).map((name) =>
      finding([...path, 'headers', name], { code: 'duplicate-header' }, 'key'),
    ),
  ];
};

const withoutKey = '`auth: none`';

const credentialErrors = (
  target: HttpTarget,
  said: HttpOverride | OwnHttp,
  { hasKey, keyHosts }: KeyRules,
): readonly ConfigErrorAt[] => {
  if (target.auth === 'none') return [];
  const { protocol, hostname } = new URL(target.url);
  const path = ['targets', target.id, ...(said.url !== undefined ? ['url'] : said.auth !== undefined ? ['auth'] : [])];
  if (protocol === 'http:') return [finding(path, { code: 'key-over-http', otherwise: withoutKey })];
  if (!carriesKey(target.auth)) return [];
  if (!hasKey)
    return target.enabled
      ? [finding(['targets', target.id], { code: 'key-needed', otherwise: withoutKey }, 'key')]
      : [];
  if (keyHosts === null || keyHosts.includes(hostname)) return [];
  return [finding(path, { code: 'key-to-foreign-host', host: hostname, otherwise: withoutKey })];
};

const duplicateHeaders = (headers: Readonly<Record<string, string>>): readonly string[] => {
  const seen = new Set<string>();
  return Object.keys(headers).filter((name) => {
    const folded = name.toLowerCase();
    const again = seen.has(folded);
    seen.add(folded);
    return again;
  });
};

/** Targets that wait for an unknown target or, in the end, for themselves; only those in `said` are checked. */
export const orderErrors = (targets: readonly Target[], said: readonly string[]): readonly ConfigErrorAt[] => {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const ids = [...byId.keys()];
  return said.flatMap((id) => {
    const path = ['targets', id, 'after'];
    const after = byId.get(id)?.after ?? [];
    const unknown = after.flatMap((other, index) =>
      byId.has(other) ? [] : [finding([...path, index], { code: 'unknown-predecessor', nearest: nearest(other, ids) })],
    );
    const circle = circleFrom(id, byId);
    return circle === null ? unknown : [...unknown, finding(path, { code: 'waits-for-itself', circle }, 'key')];
  });
};

/** The cycle from a target back to itself; null: none. */
const circleFrom = (id: string, byId: ReadonlyMap<string, Target>): readonly string[] | null => {
  const cameFrom = new Map<string, string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of byId.get(at)?.after ?? []) {
      if (next === id) return [...wayTo(at, id, cameFrom), id];
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      open.push(next);
    }
  }
  return null;
};

const wayTo = (end: string, start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] => {
  const way = [end];
  for (let at = end; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    way.unshift(at);
  }
  return way;
};
