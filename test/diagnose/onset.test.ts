import { describe, expect, it, test } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { onsetOf } from '../../src/diagnose/onset.ts';
import type { Deployment, History } from '../../src/model/history.ts';
import { requests } from '../../src/model/requests.ts';
import { outcome } from '../metrics/reports.ts';
import { observations, targets } from './observations.ts';

const until = '2026-11-21T02:56:30.000Z';
const deployed = (at: string): Deployment => ({ from: '2026.6.0', to: '2026.6.1', at });
const remembered = (rest: Partial<History> = {}): History => ({
  until,
  version: '2026.6.1',
  deployment: null,
  ongoing: [],
  ...rest,
});
const ongoing = (since: string, affected = 'registry.root'): History['ongoing'] => [
  {
    incident: 'x',
    since,
    failingCycles: 3,
    returns: 0,
    causes: [],
    affected: [affected],
    recovered: false,
    deployment: null,
  },
];

/** The registry's root fails, and the API names this version. */
const cycle = (version: string | null) => {
  const health = outcome('api.health', 'pass');
  return [
    outcome('registry.root', 'fail', { failureMode: 'server-error' }),
    { ...health, evidence: { ...health.evidence, version } },
  ];
};

describe('whether a failure began with a deployment', () => {
  test.each([
    { title: 'is unknown without a history', version: '2026.6.1', history: null, onset: 'unknown' },
    {
      title: 'is unknown if no response named a version',
      version: '2026.6.1',
      history: remembered({ version: null }),
      onset: 'unknown',
    },
    {
      title: 'the version changed in this very cycle',
      version: '2026.6.2',
      history: remembered(),
      onset: 'after-deployment',
    },
    {
      title: 'it changed ten minutes ago',
      version: '2026.6.1',
      history: remembered({ deployment: deployed('2026-11-21T02:46:00.000Z') }),
      onset: 'after-deployment',
    },
    {
      title: 'it changed ten minutes ago, and the version is now unreadable',
      version: null,
      history: remembered({ deployment: deployed('2026-11-21T02:46:00.000Z') }),
      onset: 'after-deployment',
    },
    {
      title: 'it changed an hour ago',
      version: '2026.6.1',
      history: remembered({ deployment: deployed('2026-11-21T01:56:00.000Z') }),
      onset: 'no-deployment',
    },
    { title: 'it never changed', version: '2026.6.1', history: remembered(), onset: 'no-deployment' },
    { title: 'it is now unreadable', version: null, history: remembered(), onset: 'unknown' },
    {
      title: 'it changed after the failure began',
      version: '2026.6.1',
      history: remembered({
        deployment: deployed('2026-11-21T02:46:00.000Z'),
        ongoing: ongoing('2026-11-21T02:40:00.000Z'),
      }),
      onset: 'no-deployment',
    },
    {
      title: 'it changes during the failure',
      version: '2026.6.2',
      history: remembered({ ongoing: ongoing('2026-11-21T02:40:00.000Z') }),
      onset: 'unknown',
    },
    {
      title: 'it changed ten minutes before the failure began, an hour ago',
      version: '2026.6.1',
      history: remembered({
        deployment: deployed('2026-11-21T01:50:00.000Z'),
        ongoing: [...ongoing('2026-11-21T02:30:00.000Z'), ...ongoing('2026-11-21T02:00:00.000Z')],
      }),
      onset: 'after-deployment',
    },
    {
      title: 'it changed 15 minutes ago, the longest that counts',
      version: '2026.6.1',
      history: remembered({ deployment: deployed('2026-11-21T02:41:30.000Z') }),
      onset: 'after-deployment',
    },
    {
      title: 'it changes during the failure of another request, which is not part of this cycle',
      version: '2026.6.2',
      history: remembered({ ongoing: ongoing('2026-11-21T02:40:00.000Z', 'auth.root') }),
      onset: 'after-deployment',
    },
    {
      title: 'it changes during an incident whose request passes again',
      version: '2026.6.2',
      history: remembered({ ongoing: ongoing('2026-11-21T02:40:00.000Z', 'api.health') }),
      onset: 'after-deployment',
    },
  ] as const)('$title', ({ version, history, onset }) => {
    expect(onsetOf(requests({ outcomes: cycle(version), registration: null }), targets, history)).toBe(onset);
  });

  it('is not the deployment’s if a step of the flow had failed before it', () => {
    const seen = observations({ 'registration.create-run': 'server-error' });
    const health = cycle('2026.6.2').slice(1);
    const before = ongoing('2026-11-21T02:40:00.000Z', 'registration.create-run');
    const all = requests({ ...seen, outcomes: health });
    expect(onsetOf(all, targets, remembered({ ongoing: before }))).toBe('unknown');
    expect(onsetOf(all, targets, remembered())).toBe('after-deployment');
  });
});

/** The platform's answer to the key alone: the auth service takes it, the API does not. */
const rejected = observations({
  'registry.mlflow-proxy-search-x-api-key': 'auth-rejected',
  'registry.mlflow-proxy-search': 'auth-rejected',
});

it('causes that come with deployments are likelier after one, and less likely without', () => {
  const named = (history: History | null) => {
    const { hypotheses } = diagnose(rejected, targets, history);
    return hypotheses.find(({ id }) => id === 'auth-flow-regression')?.probability ?? 0;
  };
  const after = named(remembered({ deployment: deployed('2026-11-21T02:50:00.000Z') }));
  expect(after).toBeGreaterThan(named(null));
});
