import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { type CliResult, cli, startCli } from '../support/cli.ts';
import { type OneServer, onlyTargets, startOneServer } from '../support/one-server.ts';
import { commandsIn, optionsIn, usedBy } from './help.ts';

/**
 * Each option of each command with each of its choices, as the built command line's own help names them: a call that makes
 * use of it, the exit code, and what shows that it did something. `@name` is a file of the tests, `{mlflow}` a server.
 */
const calls: readonly (readonly [call: string, exitCode: number, shows: RegExp])[] = [
  ['--version', 0, /^\d+\.\d+\.\d+\n$/],
  ['help check', 0, /--wait-for <version>/],
  ['check --config @broken.json --format pretty', 1, /✗ broken [\s\S]*server-error[\s\S]*\nfailing\b.*1 fail/],
  ['check --config @broken.json --format json', 1, /"verdict": "failing"/],
  ['check --config @broken.json --format junit --output @junit.xml', 1, /<failure type="server-error"/],
  ['check --config @broken.json --format github', 1, /^::error title=/m],
  ['check --config @broken.json --format html --output @page.html', 1, /^<!DOCTYPE html>[\s\S]*server-error/],
  ['check --config @broken.json --target my.ok', 0, /\nhealthy\b.*1 pass\n/],
  ['check --config @broken.json --baseline @report.json', 0, /known · server-error/],
  ['check --config @broken.json --baseline @report.json --fail-on-known', 1, /known · server-error/],
  ['check --config @flaky.json --fail-on failing', 0, /\ndegraded\b.*1 degraded\n/],
  ['check --config @flaky.json --fail-on degraded', 1, /\ndegraded\b.*1 degraded\n/],
  ['check --config @hangs.json --deadline 1s', 2, /deadline-exceeded[\s\S]*\ninconclusive\b/],
  ['check --config @broken.json --state @state.json --format json', 1, /"history": \{/],
  ['check --config @broken.json --target my.ok --publish-metrics', 0, /PutMetricData/],
  ['check --config @sandbox.yaml --target auth.root --wait-for 9.9.9 --wait-limit 1s', 1, /version 9\.9\.9 did not/],
  ['check --sandbox --generation 2025 --skip-registration', 0, /✗ root .*known · route-not-found[\s\S]*\nhealthy\b/],
  [
    'check --sandbox --generation 2026 --scenario key-revoked --pace 2 --mlflow {mlflow}',
    1,
    /auth-rejected[\s\S]*GET \/mlflow\/health/,
  ],
  ['watch --every 10s --cycles 1 --config @broken.json --state @w1.json --baseline @report.json', 0, /healthy\b/],
  [
    'watch --every 10s --cycles 1 --config @broken.json --state @w2.json --publish-metrics',
    0,
    /opened[\s\S]*PutMetricData/,
  ],
  ['watch --every 10s --cycles 1 --sandbox --generation 2025 --skip-registration --state @w3.json', 0, /healthy\b/],
  [
    'watch --every 10s --cycles 1 --sandbox --generation 2026 --scenario key-revoked --pace 2 --mlflow {mlflow} --state @w4.json',
    0,
    /failing\b[\s\S]*GET \/mlflow\/health/,
  ],
  ['incidents --config @broken.json --state @state.json --format pretty', 0, /1 incident open/],
  ['incidents acknowledge {incident} --by ada --config @broken.json --state @state.json', 0, /is acknowledged/],
  ['incidents --config @broken.json --state @state.json --format json', 0, /"ada"/],
  [
    'incidents mute --config @broken.json --state @state.json --target my.ok --for 2h --reason moving',
    0,
    /target my\.ok/,
  ],
  ['incidents mute --config @broken.json --state @state.json --host api --until 2099-01-01T00:00Z', 0, /2099-01-01/],
  ['incidents mute --config @broken.json --state @state.json --hypothesis rate-limited --for 2h', 0, /rate-limited/],
  ['incidents --config @broken.json --state @state.json', 0, /moving/],
  ['incidents unmute --config @broken.json --state @state.json --target my.ok', 0, /target my\.ok/],
  ['incidents unmute --config @broken.json --state @state.json --host api', 0, /host api/],
  ['incidents unmute --config @broken.json --state @state.json --hypothesis rate-limited', 0, /rate-limited/],
  ['sandbox --list --generation 2026 --format pretty', 0, /^key-revoked$/m],
  ['sandbox --list --format json', 0, /"id": "key-revoked"/],
  ['explain targets', 0, /registry\.root .*application/],
  ['explain failure-modes', 0, /^server-error /m],
  ['explain hypotheses', 0, /^\s*service-discovery-broken /m],
  ['explain registration', 0, /create-run/],
  ['explain metrics', 0, /Heartbeat/],
  ['explain create-run', 0, /^registration\.create-run: /],
  ['explain server-error', 0, /^server-error: /],
  ['explain service-discovery-broken', 0, /aws servicediscovery/],
  ['explain my.broken --config @broken.json', 0, /https:\/\/auth\.hokus\.ai\/broken/],
  ['replay @report.json --config @broken.json --format pretty --fail-on failing', 1, /server-error[\s\S]*\nfailing\b/],
  ['replay @report.json --config @broken.json --format json', 1, /"verdict": "failing"/],
  ['replay @report.json --config @broken.json --format junit --output @replay.xml', 1, /<failure type="server-error"/],
  ['replay @report.json --config @broken.json --format github', 1, /^::error title=/m],
  ['replay @report.json --config @broken.json --format html', 1, /^<!DOCTYPE html>[\s\S]*server-error/],
  ['replay @degraded.json --config @flaky.json --fail-on degraded', 1, /\ndegraded\b.*1 degraded\n/],
  ['replay @known.json --config @broken.json --fail-on-known', 1, /known · server-error/],
  ['drill --fault key-revoked --no-pairs --format pretty --verbose', 0, /key-revoked/],
  [
    'drill --fault key-revoked --pairs none --generation 2025 --pace 1 --format json --output @drill.json',
    0,
    /"pace": 1\b/,
  ],
  [
    'drill --fault key-revoked --fault mlflow-stopped --pairs representative --generation 2026 --format html',
    0,
    /^<!doctype html>[\s\S]*mlflow-stopped/i,
  ],
  ['drill --fault key-revoked --pairs all', 0, /key-revoked/],
  ['validate --config @broken.json', 0, /environment test, 2 of \d+ targets/],
  ['sweep --config @sandbox.yaml --dry-run', 0, /nothing/],
  ['sweep --config @sandbox.yaml --all', 0, /younger than 1 h may belong to a flow that is still running elsewhere/],
];

/** Runs until it is told to stop: see its own test. */
const running = 'sandbox --scenario key-revoked --generation 2025 --pace 2 --mlflow {mlflow}';

let folder: string;
let server: OneServer;
let sandbox: ThreadedSandbox;
let incident: string;
/** In MLflow's place and in AWS's: what they were asked. */
let other: Server;
let otherUrl: string;
const asked: string[] = [];

const wordsOf = (call: string): readonly string[] =>
  call
    .replaceAll('{mlflow}', otherUrl)
    .replaceAll('{incident}', incident)
    .split(' ')
    .map((word) => word.replace(/^@/, `${folder}/`));

const run = (call: string): Promise<CliResult> =>
  cli(wordsOf(call), {
    HOKUSAI_API_KEY: 'hk_test_0123456789abcdef0123456789abcdef',
    XDG_STATE_HOME: folder,
    AWS_ENDPOINT_URL: otherUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'y',
    NO_COLOR: '1',
  });

const prepare = async (): Promise<void> => {
  const authority = await Authority.create();
  const certificate = await authority.issue({ names: ['auth.hokus.ai', 'api.hokus.ai'] });
  let flaky = 0;
  server = await startOneServer(certificate, ({ url }, response) => {
    if (url === '/hangs') return;
    flaky += url === '/flaky' ? 1 : 0;
    response.writeHead(url === '/broken' || (url === '/flaky' && flaky % 2 === 1) ? 500 : 200).end('ok');
  });
  const write = (name: string, contents: string): Promise<void> => writeFile(join(folder, name), contents);
  const configure = (name: string, targets: Readonly<Record<string, object>>): Promise<void> =>
    write(
      name,
      JSON.stringify({
        environment: 'test',
        network: { connectTo: [`:443:127.0.0.1:${server.port}`], caFile: 'ca.pem' },
        limits: { confirmPauseMs: 0 },
        registration: { enabled: false },
        targets: onlyTargets(targets),
        incidents: { open: { failures: 1, of: 1 } },
      }),
    );
  await write('ca.pem', authority.rootPem);
  await write('sandbox.yaml', sandbox.configuration);
  await configure('broken.json', {
    'my.broken': { url: 'https://auth.hokus.ai/broken' },
    'my.ok': { url: 'https://api.hokus.ai/ok' },
  });
  await configure('flaky.json', { 'my.flaky': { url: 'https://auth.hokus.ai/flaky' } });
  await configure('hangs.json', { 'my.hangs': { url: 'https://auth.hokus.ai/hangs' } });
  await run('check --config @broken.json --format json --output @report.json');
  await run('check --config @broken.json --format json --output @known.json --baseline @report.json');
  await run('check --config @flaky.json --format json --output @degraded.json');
  await run('watch --every 10s --cycles 1 --config @broken.json --state @state.json');
  const { stdout } = await run('incidents --config @broken.json --state @state.json --format json');
  incident = /"id": "([^"]+)"/.exec(stdout)?.[1] ?? '';
};

describe('the built command line', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    incident = '';
    other = createServer((request, response) => {
      const { method, url, headers } = request;
      asked.push(`${method} ${url}`, String(headers['x-amz-target'] ?? ''));
      request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
    });
    await listen(other, 0, '127.0.0.1');
    otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    sandbox = await startSandboxThread({ options: { generation: '2026', mlflowUrl: null, pace: 2 }, faultIds: [] });
    await prepare();
  });
  afterAll(async () => {
    await Promise.all([sandbox.close(), server.close(), closeServer(other)]);
    await rm(folder, { recursive: true, force: true });
  });

  test.each(calls)('runs: %s', async (call, exitCode, shows) => {
    asked.length = 0;
    const result = await run(call);
    const [, output] = /--output @(\S+)/.exec(call) ?? [];
    const written = output === undefined ? '' : await readFile(join(folder, output), 'utf8');

    const all = [written, result.stdout, ...asked, result.stderr].filter((text) => text !== '').join('\n');
    expect(all, result.stderr).toMatch(shows);
    expect(result.exitCode, result.stderr).toBe(exitCode);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  test(`runs: ${running}`, async () => {
    asked.length = 0;
    const child = startCli(wordsOf(running));
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    await new Promise((resolve) => child.stderr.once('data', resolve));
    await writeFile(join(folder, 'printed.yaml'), printed);
    const { stdout } = await run('check --config @printed.yaml --target registry.mlflow-proxy-search,mlflow.root');
    child.kill('SIGTERM');

    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(stdout).toContain('auth-rejected');
    expect(asked.length).toBeGreaterThan(0);
  });

  test('has no command, option or choice that the calls above miss', async () => {
    const used = new Set<string>();
    const offered: string[] = [];
    const visit = async (path: string): Promise<void> => {
      const { stdout } = await run(`${path} --help`.trim());
      for (const command of commandsIn(stdout)) if (command !== 'help') await visit(`${path} ${command}`.trim());
      for (const { name, choices } of optionsIn(stdout)) {
        if (name === '--help') continue;
        offered.push(...(choices.length === 0 ? [''] : choices).map((choice) => `${path} ${name} ${choice}`.trim()));
      }
      const begins = (call: string): boolean => call === path || call.startsWith(`${path} `) || path === '';
      for (const call of [...calls.map(([each]) => each), running].filter(begins))
        for (const use of usedBy(path, call.slice(path.length).trim().split(' '))) used.add(use.trim());
    };
    await visit('');

    expect(offered.length).toBeGreaterThan(80);
    expect(offered.filter((each) => !used.has(each))).toEqual([]);
  });
});
