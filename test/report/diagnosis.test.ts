import { spawnSync } from 'node:child_process';
import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Candidate, Diagnosis } from '../../src/model/diagnosis.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import type { DescribedReport, Report } from '../../src/model/report.ts';
import { faultPaths } from '../../src/model/request-path.ts';
import { requests, withRoutes } from '../../src/model/requests.ts';
import type { Runbook } from '../../src/model/runbook.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { runbooks } from '../../src/platform/runbooks.ts';
import { defaultTargets } from '../../src/platform/targets.ts';
import { diagnosisLines } from '../../src/report/diagnosis.ts';
import { renderJson } from '../../src/report/json.ts';
import { commandFor } from '../../src/report/next-steps.ts';
import { candidate, outcome, report } from '../metrics/reports.ts';

const targets = defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: 'https://platform.hokus.ai' });

/** The whole platform passes, but for the targets that are given. */
const cycle = (failing: Readonly<Record<string, FailureMode>>, diagnosis: Partial<Diagnosis>): Report => {
  const outcomes = targets.map(({ id, host }) => {
    const failureMode = failing[id] ?? null;
    return outcome(id, failureMode === null ? 'pass' : 'fail', { host, failureMode });
  });
  const found = { status: 'match', hypotheses: [], faults: [], unexplained: [], ...diagnosis } as const;
  const paths = faultPaths(found, withRoutes(requests({ outcomes, registration: null }), targets));
  return report(outcomes, { verdict: 'failing', diagnosis: { ...found, paths } });
};

const listInstances =
  'aws servicediscovery list-instances --service-id "$(aws servicediscovery list-services --query "Services[?Name==\'mlflow\'].Id" --output text)"';

const shown = (found: Report, width = 200, color = false): readonly string[] =>
  diagnosisLines(
    found,
    { hosts: defaultHosts, targets },
    { width, colors: createColors(color), slowest: 1, isVerbose: false },
  );

const proxied = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-health'] as const;
const failing = {
  'registry.mlflow-proxy-search': 'upstream-unreachable',
  'registry.mlflow-proxy-health': 'upstream-unreachable',
} as const;

const single = (rest: Partial<Candidate> = {}): Partial<Diagnosis> => ({
  hypotheses: [
    candidate('service-discovery-broken', 0.912, { explains: proxied, ...rest }),
    candidate('circuit-breaker-open', 0.04),
  ],
  faults: [['service-discovery-broken']],
});

describe('one cause of the failures', () => {
  it('is one sentence with its name and probability', () => {
    expect(shown(cycle(failing, single()))[0]).toBe(
      'The API does not find MLflow: its internal name does not resolve, or leads to an old address.   service-discovery-broken (91 %)',
    );
  });

  it('is marked on the path of the failing requests, with the hops that worked and those without evidence', () => {
    const path = shown(cycle(failing, single())).find((line) => line.startsWith('    client'));

    expect(path).toBe(
      '    client  ✓ DNS  ✓ balancer listener  ✓ TLS  ✓ listener rule  ✓ target group  ✓ API  ✓ key check  ✓ proxy route  ✗ service discovery  ✓ MLflow  ✓ database',
    );
  });

  it('leaves the hops behind it unknown when no request passed them on the same path, even if others reached the API', () => {
    const ofRegistry = targets.filter(({ host }) => host === 'registry');
    const all = Object.fromEntries(ofRegistry.map(({ id }) => [id, 'dns-nxdomain'] as const));
    const explains = ofRegistry.map(({ id }) => id);
    const hypotheses = [candidate('dns-misconfigured', 0.999, { explains, hosts: ['registry'] })];

    const [title, path] = shown(cycle(all, { hypotheses, faults: [['dns-misconfigured']] }));

    expect(title).toMatch(/^registry\.hokus\.ai: The name .* dns-misconfigured \(over 99 %\)$/);
    expect(path).toMatch(
      /client {2}✗ DNS {2}\? balancer listener {2}\? TLS {2}\? listener rule {2}\? target group {2}\? API .*\? database$/,
    );
    expect(path).not.toContain('✓');
  });

  it('lists what it explains, the evidence against it, and unexplained failures', () => {
    const found = cycle(
      { ...failing, 'auth.root': 'server-error' },
      { ...single({ contradicts: ['registry.mlflow-api-search', 'auth.root'] }), unexplained: ['auth.root'] },
    );
    const text = shown(found).join('\n');

    expect(text).toContain('explains 2 of 3 failures');
    expect(text).toContain('evidence against it: registry.mlflow-api-search (passes), auth.root (server-error)');
    expect(text).toContain('unexplained: auth.root');
    expect(text).toContain('not ruled out: circuit-breaker-open (4 %)');
  });

  it('shows the alternatives once, and the next steps of each, for two faults with one cause', () => {
    const on = (fault: number, host: 'registry' | 'platform'): readonly Candidate[] => [
      candidate('tls-certificate-invalid', 0.9, { fault, hosts: [host] }),
      candidate('dns-misconfigured', 0.08 + fault / 100, { fault, hosts: [host] }),
    ];
    const text = shown(
      cycle(
        { 'registry.root': 'tls-name-mismatch', 'platform.root': 'tls-name-mismatch' },
        {
          status: 'match',
          faults: [['tls-certificate-invalid'], ['tls-certificate-invalid']],
          hypotheses: [...on(0, 'registry'), ...on(1, 'platform')],
        },
      ),
    ).join('\n');

    expect(text).toContain('not ruled out: dns-misconfigured (9 %)');
    expect(text.match(/dns-misconfigured/g)).toHaveLength(1);
    expect(text).toContain('openssl s_client -connect registry.hokus.ai:443');
    expect(text).toContain('openssl s_client -connect platform.hokus.ai:443');
  });

  it('comes with whole commands to confirm it that can be copied, and with the fix', () => {
    const lines = shown(cycle(failing, single()), 60);

    expect(lines).toContain(`    next 1  ${listInstances}`);
    expect(lines.some((line) => /^ +2 {2}aws route53 /.test(line))).toBe(true);
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain(
      'if API cannot find MLflow: no instance, or one with an old address · if not:',
    );
    expect(lines.at(-2)).toMatch(/^ {4}fix: /);
    // All but the commands keep to the width.
    for (const line of lines.filter((one) => !/ \d {2}\S/.test(one))) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('names the host in the commands for that host', () => {
    const hypotheses = [candidate('dns-misconfigured', 0.9, { hosts: ['registry'] })];
    const lines = shown(cycle({ 'registry.dns': 'dns-nxdomain' }, { hypotheses, faults: [['dns-misconfigured']] }));

    expect(lines).toContain('         2  dig +trace registry.hokus.ai');
  });

  it('shows some of many names, and how many more there are', () => {
    const unexplained = targets.map(({ id }) => id);
    const text = shown(cycle(failing, { ...single(), unexplained })).join('\n');

    expect(text).toMatch(new RegExp(`unexplained: (\\S+, ){3}\\S+ and ${unexplained.length - 4} more`));
  });

  it('has the same words with colour, and no escape sequence without', () => {
    const esc = String.fromCharCode(27);
    const found = cycle(failing, single());
    const painted = shown(found, 100, true).join('\n');

    expect(painted.replaceAll(new RegExp(`${esc}\\[[0-9;]*m`, 'g'), '')).toBe(shown(found, 100).join('\n'));
    expect(shown(found).join('')).not.toContain(esc);
    expect(painted).toContain(`${esc}[31m`);
  });

  it('cannot control the terminal, whoever saved the report', () => {
    const found = cycle(failing, {
      ...single({ contradicts: ['x\u001b[2J'] }),
      unexplained: ['y\u001b]0;title\u0007'],
    });

    expect(shown(found).join('')).not.toMatch(/\p{Cc}/u);
  });
});

describe('indistinguishable causes', () => {
  const tie: Partial<Diagnosis> = {
    status: 'ambiguous',
    hypotheses: [
      candidate('service-discovery-broken', 0.52, { explains: proxied }),
      candidate('mlflow-unreachable-from-api', 0.46, { explains: proxied }),
    ],
    faults: [['service-discovery-broken', 'mlflow-unreachable-from-api']],
  };

  it('are all named, with a sentence each', () => {
    const [first, second, third] = shown(cycle(failing, tie));

    expect(first).toBe(
      'Causes that look the same from outside: service-discovery-broken (52 %) or mlflow-unreachable-from-api (46 %)',
    );
    expect(second).toMatch(/^ {4}service-discovery-broken: The API does not find MLflow/);
    expect(third).toMatch(/^ {4}mlflow-unreachable-from-api: The API asks MLflow at an address/);
  });

  it('come with commands that decide between them: the first of each before the second of any, and no fix yet', () => {
    const lines = shown(cycle(failing, tie));
    const decides = lines.flatMap((line) => /^ +if ([^:]+): /.exec(line)?.[1] ?? []);

    expect(decides).toEqual(['API cannot find MLflow', 'API cannot reach MLflow', 'API cannot find MLflow']);
    expect(lines.join('\n')).not.toContain('fix:');
  });

  it('at different hops mark each hop as a suspect', () => {
    const faults = [['service-discovery-broken', 'mlflow-service-unhealthy']] as const;
    const path = shown(cycle(failing, { ...tie, faults })).find((line) => line.startsWith('    client'));

    expect(path).toContain('✗? service discovery  ✗? MLflow');
  });
});

it('several faults have paths of their own: another one’s break is neither marked nor counted as working', () => {
  const found = cycle(failing, { ...single(), faults: [['service-discovery-broken'], ['mlflow-service-unhealthy']] });

  expect(shown(found).find((line) => line.startsWith('    client'))).toContain('✗ service discovery  ? MLflow');
});

it('several faults have a sentence each, and the first command of each', () => {
  const text = shown(
    cycle(
      { ...failing, 'auth.root': 'server-error' },
      { ...single(), faults: [['service-discovery-broken'], ['auth-service-unavailable']] },
    ),
  ).join('\n');

  expect(text).toMatch(/^2 independent faults, the largest effect first:\n\nThe API does not find MLflow/);
  expect(text).toMatch(
    /\nThe API gets no usable response from the auth service in time, so keys are not checked\. {3}auth-service-unavailable\n/,
  );
  expect(text).toMatch(/if API cannot find MLflow: [\s\S]+if auth service is down or slow: /);
  expect(text.match(/ fix: /g)).toHaveLength(2);
});

describe('without a cause', () => {
  it.each(['healthy', 'inconclusive'] as const)('a cycle that is %s has no text about it', (status) => {
    expect(shown(cycle({}, { status }))).toEqual([]);
  });

  it('an unexplained failure is shown with the servers’ words, with what works and where to look', () => {
    const lines = shown(cycle({ ...failing, 'auth.root': 'server-error' }, { status: 'no-match' }));

    expect(lines).toEqual([
      'No known cause explains it.',
      '    seen: as it should be (registry.mlflow-proxy-health, registry.mlflow-proxy-search, auth.root)',
      '    works: mlflow, api, platform, external',
      '    look first: service discovery, security groups, the upstream service',
      "    look first: the application's log at this time",
      '    look first: what changed shortly before: deployments, rules, certificates, DNS',
      expect.stringMatching(/^ {4}if it has always been so: record it/),
      '    npx hokusai-synthetics check --format json --output baseline.json',
    ]);
  });

  it('a request without a valid key that is let in is called a security incident, first', () => {
    const [urgent] = shown(cycle({ 'registry.mlflow-proxy-search-no-key': 'auth-bypassed' }, { status: 'no-match' }));

    expect(urgent).toBe('Security incident: requests without a valid key are let in.');
  });

  it('a prober that reaches nothing says that the problem is its own', () => {
    const blind = cycle({}, { status: 'monitor-blind' });
    expect(shown({ ...blind, blind: { phase: 'connect', control: 'external.control' } })).toEqual([
      'The prober reaches nothing: no connection is accepted, and the control outside the platform fails the same way. The fault is here.',
    ]);
    expect(shown({ ...blind, blind: { phase: 'resolve', control: null } })).toEqual([
      expect.stringMatching(
        /no name server answers it\. Either the network here is broken, or the whole platform is down/,
      ),
    ]);
  });
});

describe('the JSON', () => {
  const published = (found: Report) =>
    (JSON.parse(renderJson(found, { hosts: defaultHosts, targets })) as DescribedReport).diagnosis;

  it('has everything about each hypothesis that a program needs to act on it', () => {
    const [first, second] = published(cycle(failing, single())).hypotheses;

    expect(first).toMatchObject({
      id: 'service-discovery-broken',
      title: 'The API does not find MLflow: its internal name does not resolve, or leads to an old address.',
      probability: 0.912,
      hop: 'service-discovery',
      explains: proxied,
      contradicts: [],
      nextStep: listInstances,
    });
    expect(first?.next[0]).toEqual({
      command: listInstances,
      ifTrue: 'no instance, or one with an old address',
      ifFalse: expect.any(String),
    });
    expect(first?.remedy).not.toBe('');
    expect(second?.next.length).toBeGreaterThan(0);
  });

  it('names each fault’s own host in its title and commands', () => {
    const on = (fault: number, host: 'registry' | 'platform') =>
      candidate('dns-misconfigured', 0.9, { fault, hosts: [host] });
    const { hypotheses } = published(
      cycle(
        {},
        { faults: [['dns-misconfigured'], ['dns-misconfigured']], hypotheses: [on(0, 'registry'), on(1, 'platform')] },
      ),
    );

    expect(hypotheses.map(({ title }) => title.split(':')[0])).toEqual(['registry.hokus.ai', 'platform.hokus.ai']);
    expect(hypotheses.map(({ next }) => next[1]?.command)).toEqual([
      'dig +trace registry.hokus.ai',
      'dig +trace platform.hokus.ai',
    ]);
  });

  it('has the state of each hop, the start of the fault, and the deployment before it', () => {
    const deployment = { from: '2026.6.0', to: '2026.6.1', at: '2026-11-21T02:40:00.000Z' };
    const ongoing = {
      ...{ incident: '20261121-0245-registry', since: '2026-11-21T02:45:00.000Z', failingCycles: 12, returns: 1 },
      ...{ causes: [], affected: [proxied[0]], recovered: false, deployment },
    };
    const history = { until: '2026-11-21T02:56:00.000Z', version: '2026.6.1', deployment, ongoing: [ongoing] };
    const { paths } = published({ ...cycle(failing, single()), history });

    expect(paths).toHaveLength(1);
    expect(paths[0]).toMatchObject({
      fault: 0,
      request: proxied[0],
      onset: { since: ongoing.since, failingCycles: 12, returns: 1, deployment, causes: [] },
    });
    expect(paths[0]?.hops.filter(({ state }) => state === 'broken')).toEqual([
      { hop: 'service-discovery', state: 'broken', suspect: false },
    ]);
  });

  it('says that a new fault began in this cycle', () => {
    const history = { until: '2026-11-21T02:56:00.000Z', version: null, deployment: null, ongoing: [] };
    const found = { ...cycle(failing, single()), history };

    expect(published(found).paths[0]?.onset).toMatchObject({
      since: found.startedAt,
      failingCycles: 0,
      deployment: null,
    });
    expect(published({ ...found, history: null }).paths[0]?.onset).toBeNull();
  });
});

it('has commands that a shell can read, with nothing left to fill in', () => {
  const commands = Object.values<Runbook>(runbooks).flatMap(({ confirm }) => confirm.map(({ command }) => command));
  const filled = commands.map((command) => commandFor(command, 'registry', defaultHosts));

  expect(filled.filter((command) => /<[a-z]|\.\.\./i.test(command))).toEqual([]);
  const read = spawnSync('bash', ['-n'], { input: filled.join('\n'), encoding: 'utf8' });
  expect(read).toMatchObject({ status: 0, stderr: '' });
});
