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
const calls: readonly { readonly call: string; readonly exitCode: number; readonly shows: RegExp }[] = [
  { call: '--version', exitCode: 0, shows: /^\d+\.\d+\.\d+\n$/ },
  { call: 'help check', exitCode: 0, shows: /--wait-for <version>/ },
  {
    call: 'check --config @broken.json --format pretty',
    exitCode: 1,
    shows: /^Hokusai .*\nfailing\b.*1 fail[\s\S]*✗ broken [\s\S]*server-error/,
  },
  { call: 'check --config @broken.json --format json', exitCode: 1, shows: /"verdict": "failing"/ },
  {
    call: 'check --config @broken.json --format junit --output @junit.xml',
    exitCode: 1,
    shows: /<failure type="server-error"/,
  },
  { call: 'check --config @broken.json --format github', exitCode: 1, shows: /^::error title=/m },
  {
    call: 'check --config @broken.json --format html --output @page.html',
    exitCode: 1,
    shows: /^<!DOCTYPE html>[\s\S]*server-error/,
  },
  {
    call: 'check --config @broken.json --format brief',
    exitCode: 1,
    shows: /^hokusai-synthetics [\s\S]*\nverdict: failing/,
  },
  {
    call: 'check --config @broken.json --output @several.json --output @several.xml',
    exitCode: 1,
    shows: /"verdict": "failing"/,
  },
  { call: 'check --config @broken.json --target my.ok', exitCode: 0, shows: /\nhealthy\b.*1 pass\n/ },
  {
    call: 'check --config @broken.json --baseline @report.json --verbose',
    exitCode: 0,
    shows: /as before · server-error/,
  },
  { call: 'check --config @broken.json --quiet', exitCode: 1, shows: /^failing\b.*\n1 of 2 requests fails/ },
  { call: 'replay @report.json --config @broken.json --quiet', exitCode: 1, shows: /^failing\b/ },
  {
    call: 'check --config @broken.json --baseline @report.json --fail-on-known --verbose',
    exitCode: 1,
    shows: /as before · server-error/,
  },
  { call: 'check --config @flaky.json --fail-on failing', exitCode: 0, shows: /\ndegraded\b.*1 degraded\n/ },
  { call: 'check --config @flaky.json --fail-on degraded', exitCode: 1, shows: /\ndegraded\b.*1 degraded\n/ },
  { call: 'check --config @hangs.json --deadline 1s', exitCode: 2, shows: /\ninconclusive\b[\s\S]*deadline-exceeded/ },
  { call: 'check --config @broken.json --state @state.json --format json', exitCode: 1, shows: /"history": \{/ },
  { call: 'check --config @broken.json --target my.ok --publish-metrics', exitCode: 0, shows: /PutMetricData/ },
  {
    call: 'check --config @sandbox.yaml --target auth.root --wait-for 9.9.9 --wait-limit 1s',
    exitCode: 1,
    shows: /version 9\.9\.9 was not/,
  },
  {
    call: 'check --sandbox --generation 2025 --skip-registration --verbose',
    exitCode: 0,
    shows: /\nhealthy\b[\s\S]*✗ root .*known · route-not-found/,
  },
  {
    call: 'check --sandbox --scenario proxy-strips-credentials --skip-registration',
    exitCode: 1,
    shows: /asked \d+ more requests? to decide between/,
  },
  {
    call: 'check --sandbox --scenario proxy-strips-credentials --skip-registration --no-follow-up',
    exitCode: 1,
    shows: /^(?![\s\S]*more request)[\s\S]*not ruled out: auth-flow-regression/,
  },
  {
    call: 'drill --fault database-frozen --no-follow-up --no-pairs --format json',
    exitCode: 0,
    shows: /"inTie": \{\s*"is": 1/,
  },
  {
    call: 'check --sandbox --generation 2026 --scenario key-revoked --pace 2 --mlflow {mlflow}',
    exitCode: 1,
    shows: /auth-rejected[\s\S]*GET \/mlflow\/health/,
  },
  {
    call: 'check --sandbox --scenario api-targets-deregistered --skip-registration --confirm',
    exitCode: 1,
    shows: /api-service-unhealthy: confirmed by ecs:DescribeTasks/,
  },
  { call: 'confirm rate-limited --format pretty', exitCode: 2, shows: /^rate-limited: AWS cannot decide/ },
  { call: 'confirm --dry-run --format json', exitCode: 0, shows: /"operation": "ecs:DescribeServices"/ },
  { call: 'confirm --dry-run --config @broken.json', exitCode: 0, shows: /ecs:ListTasks +runningArns\.api/ },
  {
    call: 'watch --every 10s --cycles 1 --config @broken.json --no-follow-up --state @w1.json --baseline @report.json',
    exitCode: 0,
    shows: /still failing as before/,
  },
  {
    call: 'watch --every 10s --cycles 1 --config @broken.json --state @w6.json --target my.ok --json --listen 127.0.0.1:0',
    exitCode: 0,
    shows: /^\{"at":.*"verdict":"healthy".*\n[\s\S]*http:\/\/127\.0\.0\.1:\d+\//,
  },
  {
    call: 'watch --every 10s --recheck-every 5s --cycles 1 --config @broken.json --state @w2.json --publish-metrics',
    exitCode: 0,
    shows: /opened[\s\S]*PutMetricData/,
  },
  {
    call: 'watch --every 10s --cycles 1 --sandbox --scenario api-targets-deregistered --confirm --skip-registration --state @w5.json',
    exitCode: 0,
    shows: /failing .* api-service-unhealthy \(over 99 %\)/,
  },
  {
    call: 'watch --every 10s --cycles 1 --sandbox --generation 2025 --skip-registration --state @w3.json',
    exitCode: 0,
    shows: /healthy\b/,
  },
  {
    call: 'watch --every 10s --cycles 1 --sandbox --generation 2026 --scenario key-revoked --pace 2 --mlflow {mlflow} --state @w4.json',
    exitCode: 0,
    shows: /failing\b[\s\S]*GET \/mlflow\/health/,
  },
  {
    call: 'incidents --environment test --state @state.json --format pretty',
    exitCode: 0,
    shows: /1 incident open/,
  },
  { call: 'incidents --sandbox --state @w3.json', exitCode: 0, shows: /^sandbox · / },
  { call: 'incidents show 1 --sandbox --state @w3.json', exitCode: 2, shows: /no incident 1 of sandbox/ },
  { call: 'incidents judge 1 right --sandbox --state @w3.json', exitCode: 2, shows: /no incident 1 of sandbox/ },
  { call: 'incidents acknowledge 1 --sandbox --state @w3.json', exitCode: 2, shows: /no incident 1 is open/ },
  { call: 'incidents mute --sandbox --state @w3.json --host api --for 2h', exitCode: 0, shows: /host api/ },
  { call: 'incidents unmute --sandbox --state @w3.json --host api', exitCode: 0, shows: /host api/ },
  {
    call: 'incidents acknowledge {incident} --by ada --config @broken.json --environment test --state @state.json',
    exitCode: 0,
    shows: /is acknowledged/,
  },
  { call: 'incidents --config @broken.json --state @state.json --format json', exitCode: 0, shows: /"ada"/ },
  {
    call: 'incidents show {incident} --environment test --state @state.json --format pretty',
    exitCode: 0,
    shows: /opened, warning: [\s\S]*acknowledged by ada/,
  },
  {
    call: 'incidents judge {incident} wrong --cause rate-limited --by ada --reason counted --config @broken.json --environment test --state @state.json',
    exitCode: 0,
    shows: /is judged wrong/,
  },
  {
    call: 'incidents show {incident} --config @broken.json --state @state.json --format json',
    exitCode: 0,
    shows: /"judgement": \{[\s\S]*"rate-limited"[\s\S]*"counted"/,
  },
  {
    call: 'incidents show {incident} --config @broken.json --state @state.json --format markdown',
    exitCode: 0,
    shows: /^# [\s\S]*## Timeline/,
  },
  {
    call: 'incidents mute --config @broken.json --state @state.json --target my.ok --for 2h --reason moving',
    exitCode: 0,
    shows: /target my\.ok/,
  },
  {
    call: 'incidents mute --config @broken.json --state @state.json --host api --until 2099-01-01T00:00Z --no-alarms',
    exitCode: 0,
    shows: /2099-01-01/,
  },
  {
    call: 'incidents mute --config @broken.json --environment test --state @state.json --hypothesis rate-limited --for 2h',
    exitCode: 0,
    shows: /rate-limited/,
  },
  { call: 'incidents --config @broken.json --state @state.json', exitCode: 0, shows: /moving/ },
  {
    call: 'incidents unmute --config @broken.json --state @state.json --target my.ok',
    exitCode: 0,
    shows: /target my\.ok/,
  },
  { call: 'incidents unmute --config @broken.json --state @state.json --host api', exitCode: 0, shows: /host api/ },
  {
    call: 'incidents unmute --config @broken.json --environment test --state @state.json --hypothesis rate-limited',
    exitCode: 0,
    shows: /rate-limited/,
  },
  { call: 'sandbox --list --generation 2026 --format pretty', exitCode: 0, shows: /^key-revoked$/m },
  { call: 'sandbox --list --format json', exitCode: 0, shows: /"id": "key-revoked"/ },
  { call: 'init --yes --output @init.yaml --force', exitCode: 0, shows: /next: npx hokusai-synthetics validate/ },
  { call: 'mcp --config @broken.json --state @state.json', exitCode: 0, shows: /^$/ },
  { call: 'completion bash', exitCode: 0, shows: /^complete -F _hokusai_synthetics hokusai-synthetics$/m },
  { call: 'explain registry --sandbox', exitCode: 0, shows: /--target registry/ },
  { call: 'explain targets', exitCode: 0, shows: /registry\.root .*application/ },
  { call: 'explain failure-modes', exitCode: 0, shows: /^server-error /m },
  { call: 'explain hypotheses', exitCode: 0, shows: /^\s*service-discovery-broken /m },
  { call: 'explain registration', exitCode: 0, shows: /create-run/ },
  { call: 'explain metrics', exitCode: 0, shows: /Heartbeat/ },
  { call: 'explain create-run', exitCode: 0, shows: /^registration\.create-run: / },
  { call: 'explain server-error', exitCode: 0, shows: /^server-error: / },
  { call: 'explain service-discovery-broken', exitCode: 0, shows: /aws servicediscovery/ },
  { call: 'explain registry', exitCode: 0, shows: /registry\.hokus\.ai[\s\S]*registry\.mlflow-proxy-search / },
  { call: 'explain key-revoked', exitCode: 0, shows: /check --sandbox --scenario key-revoked/ },
  {
    call: 'explain rate-limited --config @broken.json --state @state.json',
    exitCode: 0,
    shows: /once the true cause where it was not named/,
  },
  { call: 'explain my.broken --config @broken.json', exitCode: 0, shows: /https:\/\/auth\.hokus\.ai\/broken/ },
  {
    call: 'replay @report.json --config @broken.json --format pretty --fail-on failing',
    exitCode: 1,
    shows: /\nfailing\b[\s\S]*server-error/,
  },
  { call: 'replay @report.json --config @broken.json --format brief', exitCode: 1, shows: /server-error/ },
  { call: 'replay @report.json --config @broken.json --format json', exitCode: 1, shows: /"verdict": "failing"/ },
  {
    call: 'replay @report.json --config @broken.json --format junit --output @replay.xml',
    exitCode: 1,
    shows: /<failure type="server-error"/,
  },
  { call: 'replay @report.json --config @broken.json --format github', exitCode: 1, shows: /^::error title=/m },
  {
    call: 'replay @report.json --config @broken.json --format html',
    exitCode: 1,
    shows: /^<!DOCTYPE html>[\s\S]*server-error/,
  },
  {
    call: 'replay @degraded.json --config @flaky.json --fail-on degraded',
    exitCode: 1,
    shows: /\ndegraded\b.*1 degraded\n/,
  },
  {
    call: 'replay @known.json --config @broken.json --fail-on-known --verbose',
    exitCode: 1,
    shows: /as before · server-error/,
  },
  { call: 'drill --fault key-revoked --no-pairs --format pretty --verbose', exitCode: 0, shows: /key-revoked/ },
  {
    call: 'drill --fault key-revoked --pairs none --generation 2025 --pace 1 --format json --output @drill.json',
    exitCode: 0,
    shows: /"pace": 1\b/,
  },
  {
    call: 'drill --fault key-revoked --fault mlflow-stopped --pairs representative --generation 2026 --format html',
    exitCode: 0,
    shows: /^<!doctype html>[\s\S]*mlflow-stopped/i,
  },
  { call: 'drill --fault database-frozen --pairs all', exitCode: 0, shows: /database-frozen/ },
  {
    call: 'drill --fault key-revoked --no-pairs --config @broken.json --environment test --state @state.json',
    exitCode: 0,
    shows: /rate-limited +prior \d+ %; once the true cause/,
  },
  { call: 'validate --config @broken.json', exitCode: 0, shows: /environment test, 2 of \d+ targets/ },
  { call: 'validate @broken.json --online', exitCode: 0, shows: /is valid/ },
  {
    call: 'notify test --config @told.json --channel json',
    exitCode: 0,
    shows: /^test-\w+: a test message through 1 channel\n {2}✓ json: accepted/,
  },
  { call: 'sweep --config @sandbox.yaml --dry-run', exitCode: 0, shows: /nothing/ },
  {
    call: 'sweep --config @sandbox.yaml --all',
    exitCode: 0,
    shows: /younger than 1 h may belong to a flow that is still running elsewhere/,
  },
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
  const certificate = await authority.issue({ names: ['auth.hokus.ai', 'api.hokus.ai', 'localhost'] });
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
  await write('json-url', `https://localhost:${server.port}/told`);
  await write(
    'told.json',
    JSON.stringify({ network: { caFile: 'ca.pem' }, notify: { json: { url: { file: 'json-url' } } } }),
  );
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

  test.each(calls)('runs: $call', async ({ call, exitCode, shows }) => {
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
      for (const call of [...calls.map(({ call }) => call), running].filter(begins))
        for (const use of usedBy(path, call.slice(path.length).trim().split(' '))) used.add(use.trim());
    };
    await visit('');

    expect(offered.length).toBeGreaterThan(80);
    expect(offered.filter((each) => !used.has(each))).toEqual([]);
  });
});
