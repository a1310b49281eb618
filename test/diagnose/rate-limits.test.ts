import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import { allPass, observations, type Seen, targets } from './observations.ts';

const limited = (ids: readonly string[], by: Answerer): Readonly<Record<string, Seen>> =>
  Object.fromEntries(ids.map((id) => [id, ['rate-limited', by]]));

const idsWhere = (isOne: (hops: readonly string[], host: string | null) => boolean): readonly string[] =>
  targets
    .filter((one) => one.enabled && one.kind === 'http' && one.hops.includes('target-group'))
    .filter(({ hops, role }) => isOne(hops, role))
    .map(({ id }) => id);

const stopped = (but: Readonly<Record<string, Seen>>): Readonly<Record<string, Seen>> => {
  const before = Object.entries(allPass()).filter(([id]) => !id.startsWith('registration.'));
  return { ...Object.fromEntries(before), ...but };
};

const ofRegistry = idsWhere((_, host) => host === 'registry');
const step = 'registration.credentials';

it.each([
  { where: 'a firewall limits a whole host', ids: [...ofRegistry, step], by: 'waf', hop: 'rule' },
  {
    where: 'a rule limits the API’s paths, and not its root and health',
    ids: [
      ...idsWhere((hops, host) => host === 'registry' && hops.includes('key-check')).filter(
        (id) => id !== 'registry.health',
      ),
      'registry.cors-preflight',
      step,
    ],
    by: 'unknown',
    hop: 'rule',
  },
  {
    where: 'the API limits all callers',
    ids: [...idsWhere((h) => h.includes('api')), step],
    by: 'application',
    hop: 'api',
  },
  {
    where: 'the API limits a key',
    ids: ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-search-x-api-key', 'registry.mlflow-api-search', step],
    by: 'application',
    hop: 'key-check',
  },
  {
    where: 'MLflow limits all callers',
    ids: [...idsWhere((h) => h.includes('mlflow') && !h.includes('redis')), step],
    by: 'mlflow',
    hop: 'mlflow',
  },
] as const)('$where: the rate limit is named, at the hop where it stands', ({ ids, by, hop }) => {
  const { faults, hypotheses, paths } = diagnose(observations(stopped(limited(ids, by))), targets);

  expect(faults).toEqual([['rate-limited']]);
  expect(hypotheses[0]).toMatchObject({ id: 'rate-limited', hop });
  expect(hypotheses[0]?.probability).toBeGreaterThan(0.95);
  expect(paths[0]?.hops.filter(({ state }) => state === 'broken').map((one) => one.hop)).toEqual([hop]);
});
