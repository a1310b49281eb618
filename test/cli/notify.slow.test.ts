import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { genieKey, type Providers, routingKey, startProviders, teamsPath } from '../notify/providers/servers.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { onlyTargets } from '../support/one-server.ts';

let folder: string;
let providers: Providers;
let env: Readonly<Record<string, string>>;
let isBroken = true;
const at = (name: string): string => join(folder, name);
const names = ['json', 'opsgenie', 'pagerduty', 'teams', 'webhook'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  const authority = await Authority.create();
  const certificate = await authority.issue({ names: ['localhost', 'auth.hokus.ai'] });
  providers = await startProviders(certificate, (url) => (url === '/probed' && isBroken ? 500 : 200));
  const url = `https://localhost:${providers.port}`;
  env = {
    ...{ PD_KEY: routingKey, GENIE_KEY: genieKey, TEAMS_URL: `${url}${teamsPath}` },
    ...{ HOOK_URL: `${url}/hook/made-up-secret`, JSON_URL: `${url}/json/made-up-secret` },
  };
  await writeFile(at('ca.pem'), authority.rootPem);
  await writeFile(
    at('all.json'),
    JSON.stringify({
      environment: 'test',
      credentials: { apiKey: 'none' },
      network: { connectTo: [`auth.hokus.ai:443:127.0.0.1:${providers.port}`], caFile: 'ca.pem' },
      limits: { confirmPauseMs: 0 },
      registration: { enabled: false },
      targets: onlyTargets({ 'my.probed': { url: 'https://auth.hokus.ai/probed' } }),
      incidents: { open: { failures: 1, of: 1 }, resolveAfter: 1 },
      notify: {
        webhook: { env: 'HOOK_URL' },
        pagerduty: { routingKey: { env: 'PD_KEY' }, url: `${url}/v2/enqueue` },
        opsgenie: { apiKey: { env: 'GENIE_KEY' }, url: `${url}/v2/alerts` },
        teams: { url: { env: 'TEAMS_URL' } },
        json: { url: { env: 'JSON_URL' }, template: '{"subject": "{{subject}}", "is": "{{status}}"}' },
      },
    }),
  );
});
afterAll(async () => {
  await providers.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  providers.alerts.clear();
  providers.heard.length = providers.violations.length = providers.cards.length = 0;
});

const run = (call: string, changes: Readonly<Record<string, string>> = {}): Promise<CliResult> =>
  cli([...call.split(' '), '--config', at('all.json')], { ...env, ...changes });
const told = (path: string) => providers.heard.filter(({ url }) => url.startsWith(path));

describe('notify test', () => {
  test('sends a marked message through every channel, and leaves no alert open', async () => {
    const { exitCode, stdout } = await run('notify test');

    expect(exitCode).toBe(0);
    expect([...stdout.matchAll(/✓ (\w+): accepted/g)].map(([, name]) => name).toSorted()).toEqual(names);
    const [, id = ''] = /^(test-\w{8}): a test message through 5 channels\n/.exec(stdout) ?? [];
    expect(providers.violations).toEqual([]);
    for (const path of ['/hook', '/json', '/workflows', '/v2/enqueue', '/v2/alerts'])
      expect(told(path)[0]?.body, path).toMatch(new RegExp(`\\[TEST\\].*only a test.*${id}`));
    expect([...providers.alerts.values()].map(({ status }) => status)).toEqual(['resolved']);
  });

  test('says why a channel did not take it, without any secret, and exits with 1', async () => {
    const { exitCode, stdout, stderr } = await run('notify test', {
      ...{
        PD_KEY: 'made-up-secret-of-another-length',
        GENIE_KEY: 'made-up-secret',
        TEAMS_URL: 'http://made-up-secret',
      },
      JSON_URL: '',
    });

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✓ webhook: accepted/);
    expect(stdout).toMatch(
      /✗ opsgenie: Opsgenie at localhost:\d+ did not take the event: it answers 401; does the key/,
    );
    expect(stdout).toMatch(/✗ teams: the Teams webhook: its URL must begin with https:/);
    expect(stdout).toMatch(/✗ json: environment variable JSON_URL +is empty/);
    expect(`${stdout}${stderr}`).not.toContain('made-up-secret');
  });

  test('opens and changes no incident', async () => {
    const state = at('untouched.json');
    await run(`watch --every 10s --cycles 1 --state ${state}`);
    const before = await readFile(state, 'utf8');
    await run('notify test');

    expect(await readFile(state, 'utf8')).toBe(before);
  });
});

test('watch opens one alert for an incident, acknowledge and the end reach it', async () => {
  const state = at('state.json');
  isBroken = true;
  await run(`watch --every 10s --cycles 1 --state ${state}`);
  const [id = ''] = Object.values(
    JSON.parse((await run(`incidents --format json --state ${state}`)).stdout).incidents,
  ).map((one) => (one as { readonly id: string }).id);
  const alert = () => providers.alerts.get(`test-${id}`);
  expect(alert()).toMatchObject({ log: ['triggered', 'again'], status: 'triggered' });

  const { stdout, exitCode } = await run(`incidents acknowledge ${id} --by ada --state ${state}`);
  expect(stdout).toBe(`${id} is acknowledged\n  pagerduty: acknowledged\n  opsgenie: acknowledged\n`);
  expect(exitCode).toBe(0);
  expect(alert()).toMatchObject({ status: 'acknowledged' });

  isBroken = false;
  await run(`watch --every 10s --cycles 1 --state ${state}`);
  expect(alert()).toMatchObject({ status: 'resolved' });
  expect(JSON.parse(told('/json').at(-1)?.body ?? '')).toEqual({
    is: 'resolved',
    subject: expect.stringMatching(/^\[resolved\] test: /),
  });
  expect(providers.violations).toEqual([]);
});

test('an acknowledgement that a service does not take is still stored, and said', async () => {
  const state = at('other.json');
  isBroken = true;
  await run(`watch --every 10s --cycles 1 --state ${state}`);
  const [, id = ''] = /"id": "([^"]+)"/.exec((await run(`incidents --format json --state ${state}`)).stdout) ?? [];
  const { stdout } = await run(`incidents acknowledge ${id} --state ${state}`, { GENIE_KEY: 'made-up-secret' });

  expect(stdout).toMatch(
    / is acknowledged\n {2}pagerduty: acknowledged\n {2}opsgenie: not acknowledged, the monitor does it with its next cycle: /,
  );
});

test('an acknowledgement from where the keys are not, such as a chat, reaches the services with the next cycle', async () => {
  const state = at('chat.json');
  isBroken = true;
  await run(`watch --every 10s --cycles 1 --state ${state}`);
  const [, id = ''] = /"id": "([^"]+)"/.exec((await run(`incidents --format json --state ${state}`)).stdout) ?? [];
  const alert = () => providers.alerts.get(`test-${id}`);
  const { stdout } = await cli([
    'incidents',
    'acknowledge',
    id,
    '--by',
    'ada',
    '--state',
    state,
    '--environment',
    'test',
  ]);
  expect(stdout).toBe(`${id} is acknowledged\n`);
  expect(alert()).toMatchObject({ status: 'triggered' });

  const { exitCode, stderr } = await run(`watch --every 10s --cycles 1 --state ${state}`);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(alert()).toMatchObject({ status: 'acknowledged' });
  expect(providers.violations).toEqual([]);
});
