import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { faultPaths } from '../../src/model/request-path.ts';
import { requests, withRoutes } from '../../src/model/requests.ts';
import { type Hop, hopLabels } from '../../src/platform/hops.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { described } from '../../src/report/described.ts';
import { allPass, observations, type Seen, targets } from '../diagnose/observations.ts';
import { candidate, report } from '../metrics/reports.ts';

const away: Seen = ['upstream-unreachable', 'application'];
const discovery: Readonly<Record<string, Seen>> = {
  'registry.mlflow-proxy-health': away,
  'registry.mlflow-proxy-version': away,
  'registry.mlflow-proxy-search': away,
  'registry.mlflow-proxy-search-x-api-key': away,
  'registry.mlflow-api-search': away,
};

/** The paths of a published report of a cycle in which these fail, and no flow ran. */
const pathsWith = (but: Readonly<Record<string, Seen>>) => {
  const asked = Object.entries(allPass(but)).filter(([id]) => !id.startsWith('registration.'));
  const { outcomes } = observations(Object.fromEntries(asked));
  const seen = {
    blind: null,
    // As classification does it for failures of an application.
    outcomes: outcomes.map((one) => (one.failureMode?.startsWith('response-') ? { ...one, hop: 'api' as const } : one)),
    registration: null,
  };
  const found = report(seen.outcomes, { ...seen, verdict: 'failing', diagnosis: diagnose(seen, targets) });
  return described(found, { hosts: defaultHosts, targets }).diagnosis.paths;
};

const statesIn = (hops: readonly { readonly hop: Hop; readonly state: string }[] = []) =>
  Object.fromEntries(hops.map(({ hop, state }) => [hop, state]));

describe('the request path', () => {
  it('has every hop of the platform in order, even if no request crosses it', () => {
    for (const { hops } of pathsWith(discovery)) expect(hops.map(({ hop }) => hop)).toEqual(Object.keys(hopLabels));
  });

  it('marks no hop behind the broken one as working because another path reached it', () => {
    const [path] = pathsWith(discovery);

    expect(statesIn(path?.hops)).toMatchObject({
      dns: 'works',
      'key-check': 'works',
      'proxy-route': 'works',
      // MLflow's own host passes, but not by way of service discovery.
      mlflow: 'unknown',
      database: 'unknown',
      'artifact-store': 'not-on-path',
    });
    expect(path?.request).toBe('registry.mlflow-proxy-search');
  });

  it('shows nothing behind a rule as working because other paths of the host work', () => {
    const ids = Object.keys(discovery);
    const { outcomes } = observations(allPass(Object.fromEntries(ids.map((one) => [one, 'lb-no-route']))));
    const rule = candidate('alb-routing-misconfigured', 0.9, { explains: ids });
    const match = { status: 'match', hypotheses: [rule], faults: [[rule.id]], unexplained: [] } as const;
    const [path] = faultPaths(match, withRoutes(requests({ outcomes, registration: null }), targets));
    const states = Object.entries(statesIn(path?.hops));
    const behind = states.slice(states.findIndex(([one]) => one === 'rule') + 1).map(([, state]) => state);

    expect(new Set(behind)).toEqual(new Set(['unknown', 'not-on-path']));
  });

  it('shows the rule of port 80 as unknown behind its listener, whatever port 443 leads to', () => {
    const [path] = pathsWith({ 'registry.http-redirect': 'redirect-unexpected' });

    expect(statesIn(path?.hops)).toMatchObject({ listener: 'broken', rule: 'unknown' });
  });

  it('marks hops that may be broken as unknown and suspect, never as broken', () => {
    const { outcomes } = observations(allPass(discovery));
    const tied = (['service-discovery-broken', 'mlflow-service-unhealthy'] as const).map((id) =>
      candidate(id, 0.5, { explains: Object.keys(discovery) }),
    );
    const tie = { status: 'ambiguous', hypotheses: tied, faults: [tied.map(({ id }) => id)], unexplained: [] } as const;
    const [path] = faultPaths(tie, withRoutes(requests({ outcomes, registration: null }), targets));

    expect(path?.hops.filter(({ suspect }) => suspect)).toEqual([
      { hop: 'service-discovery', state: 'unknown', suspect: true },
      { hop: 'mlflow', state: 'unknown', suspect: true },
    ]);
    expect(path?.hops.filter(({ state }) => state === 'broken')).toEqual([]);
  });

  it('shows everything behind the name as unknown when the host’s name is gone', () => {
    const registry = targets.filter(({ role, enabled }) => role === 'registry' && enabled);
    const [path] = pathsWith(Object.fromEntries(registry.map(({ id }) => [id, 'dns-nxdomain' as const])));
    const { dns, ...behind } = statesIn(path?.hops);

    expect(dns).toBe('broken');
    expect(new Set(Object.values(behind))).toEqual(new Set(['unknown', 'not-on-path']));
  });

  it('is working up to the furthest hop that a request reached on a healthy platform', () => {
    const [path, ...more] = pathsWith({});

    expect(more).toEqual([]);
    expect(path).toMatchObject({ fault: null, onset: null });
    expect(statesIn(path?.hops)).toMatchObject({
      dns: 'works',
      mlflow: 'works',
      database: 'works',
      redis: 'not-on-path',
    });
  });

  it('suspects the hop that most unexplained failures point at', () => {
    const [path] = pathsWith({ 'registry.root': 'response-malformed', 'api.root': 'response-too-large' });

    expect(path?.fault).toBeNull();
    expect(path?.hops.filter(({ state }) => state === 'broken')).toEqual([]);
    expect(path?.hops.filter(({ suspect }) => suspect)).toHaveLength(1);
  });
});
