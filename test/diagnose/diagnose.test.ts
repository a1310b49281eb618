import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { History } from '../../src/model/history.ts';
import type { Seen } from '../../src/model/requests.ts';
import type { TlsTarget } from '../../src/model/target.ts';
import { allPass, flapping, observations, type Seen as SeenAs, targets } from './observations.ts';

const api = targets.filter(({ role, enabled }) => enabled && role === 'api').map(({ id }) => id);
const alike = (ids: readonly string[], seen: SeenAs) => Object.fromEntries(ids.map((id) => [id, seen]));
/** The name of the API's host does not exist. */
const noName = alike(api, 'dns-nxdomain');
/** The platform's certificate has expired. */
const expired = alike(['platform.root', 'platform.certificate'], 'tls-expired');

const statusOf = (seen: Seen) => diagnose(seen, targets).status;

describe('the status of a diagnosis', () => {
  it.each<readonly [string, () => Seen]>([
    ['monitor-blind', () => ({ ...observations(noName), blind: { phase: 'resolve', control: null } })],
    ['inconclusive', () => observations({})],
    ['healthy', () => observations(allPass())],
    ['match', () => observations(allPass(noName))],
    ['match', () => observations(allPass({ ...noName, ...expired }))],
    ['no-match', () => observations(allPass({ 'registry.root': 'forbidden' }))],
  ])('%s', (status, seen) => {
    expect(statusOf(seen())).toBe(status);
  });

  it('is ambiguous if one of two faults is', () => {
    const file = join(import.meta.dirname, '../evidence/seventh-pair-variable-and-platform-name.json');
    const { status, faults } = diagnose(parseReport(readFileSync(file, 'utf8')).report, targets);

    expect(faults.map(({ length }) => length).toSorted()).toEqual([1, 2]);
    expect(status).toBe('ambiguous');
  });

  it('is healthy if a single request failed once and passed: networks lose some', () => {
    expect(diagnose(flapping(allPass(), 'registry.root', 'forbidden'), targets)).toMatchObject({
      status: 'healthy',
      unexplained: ['registry.root'],
    });
  });

  it('is no match if that request failed beside another', () => {
    const seen = flapping(allPass({ 'api.root': 'forbidden' }), 'registry.root', 'forbidden');

    expect(statusOf(seen)).toBe('no-match');
  });
});

describe('several faults', () => {
  it.each([
    ['more requests of the first', { ...noName, ...expired }],
    ['in the order of requests', { ...expired, ...noName }],
  ])('come with the one that explains most first: %s', (_, seen) => {
    const { faults, hypotheses } = diagnose(observations(allPass(seen)), targets);

    expect(faults).toEqual([['dns-misconfigured'], ['tls-certificate-invalid']]);
    expect(hypotheses.map(({ id, fault, explains }) => ({ id, fault, explains: explains.toSorted() }))).toEqual([
      { id: 'dns-misconfigured', fault: 0, explains: api.toSorted() },
      { id: 'tls-certificate-invalid', fault: 1, explains: ['platform.certificate', 'platform.root'] },
    ]);
  });
});

describe('beside a cause that is sure', () => {
  const elsewhere: TlsTarget = {
    ...(targets.find(({ id }) => id === 'external.control') as TlsTarget),
    id: 'their.certificate',
    name: 'else.example',
    hops: [],
  };
  const among = [...targets, elsewhere];
  const sureWith = (
    more: Readonly<Record<string, SeenAs>>,
    seen = observations(allPass({ ...noName, ...more }), among),
  ) => diagnose(seen, among);
  const isSure = ({ hypotheses }: ReturnType<typeof sureWith>) =>
    hypotheses[0]?.id === 'dns-misconfigured' && hypotheses[0].probability >= 0.8;

  it.each<readonly [string, boolean, Readonly<Record<string, SeenAs>>]>([
    ['nothing fails', true, {}],
    ['another failure of the platform is unexplained', false, { 'registry.root': 'forbidden' }],
    ['the control outside fails', false, { 'external.control': 'tls-expired' }],
    ['a host outside the platform fails', true, { 'their.certificate': 'tls-expired' }],
    ['that host fails in the same way', false, { 'their.certificate': 'dns-nxdomain' }],
  ])('%s: sure %s', (_, sure, more) => {
    const diagnosis = sureWith(more);

    expect(isSure(diagnosis)).toBe(sure);
    expect(diagnosis.unexplained).toEqual(Object.keys(more));
  });

  it('a request that failed once and passed leaves it sure', () => {
    const seen = flapping(allPass(noName), 'registry.root', 'forbidden');

    expect(isSure(sureWith({}, seen))).toBe(true);
  });
});

it('a defect costs the diagnosis alone, and says so: the failures count as unexplained', () => {
  const history: History = { until: '', version: null, deployment: null, ongoing: [] };
  Object.defineProperty(history, 'version', {
    get: () => {
      throw new RangeError('no history');
    },
  });

  expect(diagnose(observations(allPass(expired)), targets, history)).toEqual({
    status: 'inconclusive',
    hypotheses: [],
    faults: [],
    paths: [],
    unexplained: Object.keys(expired).toSorted((a, b) => (a < b ? 1 : -1)),
    defect: 'A defect in the monitor kept it from making a diagnosis: RangeError: no history',
  });
});
