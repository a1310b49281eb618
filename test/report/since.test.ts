import { describe, expect, test } from 'vitest';
import type { History, Ongoing } from '../../src/model/history.ts';
import { onsetOf } from '../../src/report/onset.ts';
import { sinceWords } from '../../src/wording/since.ts';
import { lasting } from '../../src/wording/time.ts';

const now = '2026-11-21T03:09:00.000Z';
const ongoing = (rest: Partial<Ongoing> = {}): Ongoing => ({
  incident: '20261121-0257-registry',
  since: '2026-11-21T02:57:00.000Z',
  failingCycles: 12,
  returns: 0,
  causes: ['service-discovery-broken'],
  affected: ['registry.mlflow-proxy-search'],
  recovered: false,
  deployment: null,
  ...rest,
});
const history = (rest: Partial<History> = {}): History => ({
  until: '2026-11-21T03:08:03.000Z',
  version: '2026.6.1',
  deployment: null,
  ongoing: [ongoing()],
  ...rest,
});
const deployment = { from: '2026.6.0', to: '2026.6.1', at: '2026-11-21T02:55:00.000Z' };

const said = (known: History | null): string =>
  sinceWords(
    onsetOf(known, ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-health'], ['service-discovery-broken'], now),
    {
      causes: ['service-discovery-broken'],
      now,
      version: known?.version ?? null,
    },
  ).join(' · ');

describe('the start of a failure', () => {
  test.each([
    { title: 'is missing without a stored history', known: null, words: '' },
    {
      title: 'is shown with its duration and the lack of a deployment',
      known: history(),
      words: 'since 2026-11-21 02:57 UTC (12 min, 12 cycles before this one) · no deployment seen before it',
    },
    {
      title: 'is shown with the deployment before it',
      known: history({ ongoing: [ongoing({ deployment })] }),
      words:
        'since 2026-11-21 02:57 UTC (12 min, 12 cycles before this one) · 2026.6.0 → 2026.6.1 deployed by 2026-11-21 02:55 UTC',
    },
    {
      title: 'is shown without deployments when no version is known',
      known: history({ version: null }),
      words: 'since 2026-11-21 02:57 UTC (12 min, 12 cycles before this one)',
    },
    {
      title: 'is now, for a new failure',
      known: history({ ongoing: [] }),
      words: 'new in this cycle · no deployment seen before it',
    },
    {
      title: 'is shown with the earlier diagnosis when it came back',
      known: history({
        version: null,
        ongoing: [ongoing({ causes: ['mlflow-service-unhealthy'], returns: 2, failingCycles: 1 })],
      }),
      words:
        'since 2026-11-21 02:57 UTC (12 min, 1 cycle before this one) · came back 2 times · earlier diagnosis: mlflow-service-unhealthy',
    },
    {
      title: 'is now for another cause, when what was broken has recovered',
      known: history({ version: null, ongoing: [ongoing({ causes: ['mlflow-service-unhealthy'], recovered: true })] }),
      words: 'new in this cycle',
    },
    {
      title: 'belongs to the same requests, not to another incident',
      known: history({ version: null, ongoing: [ongoing({ affected: ['auth.root'] })] }),
      words: 'new in this cycle',
    },
  ] as const)('$title', ({ known, words }) => {
    expect(said(known)).toBe(words);
  });
});

test.each([
  [-5, '0 s'],
  [45_000, '45 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [11_040_000, '3 h 4 min'],
  [86_400_000, '1 d'],
  [183_600_000, '2 d 3 h'],
])('%i ms are shown as %s', (ms, words) => {
  expect(lasting(ms)).toBe(words);
});
