import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { type OneServer, onlyTargets, startOneServer } from '../support/one-server.ts';

const key = 'hk_test_0123456789abcdef0123456789abcdef';
const password = 'made-up-password';

interface Tunnel {
  readonly to: string;
  readonly authorization: string | undefined;
}

let folder: string;
let secure: OneServer;
let plain: Server;
let plainPort: number;
/** A real CONNECT proxy. Every name leads to the two servers; nothing else resolves it. */
let proxy: Server;
let proxyPort: number;
const tunnels: Tunnel[] = [];
/** The status for a place; 200 connects. */
let statusFor: (to: string) => number = () => 200;

const openTunnel = (to: string, socket: Socket): void => {
  const other = connect(to.endsWith(':80') ? plainPort : secure.port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\nvia: 1.1 test\r\n\r\n');
    socket.pipe(other).pipe(socket);
  });
  other.on('error', () => socket.destroy());
  socket.on('error', () => other.destroy());
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  const authority = await Authority.create();
  await writeFile(join(folder, 'ca.pem'), authority.rootPem);
  secure = await startOneServer(await authority.issue({ names: ['auth.hokus.ai', 'hook.test'] }), (_, response) => {
    response.writeHead(200).end('ok');
  });
  plain = createServer((_, response) => response.end('ok'));
  plainPort = await listen(plain, 0, '127.0.0.1');
  proxy = createServer().on('connect', ({ url = '', headers }, socket: Socket) => {
    tunnels.push({ to: url, authorization: headers['proxy-authorization'] });
    const status = statusFor(url);
    if (status === 200) openTunnel(url, socket);
    else socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
  });
  proxyPort = await listen(proxy, 0, '127.0.0.1');
});

afterAll(async () => {
  await Promise.all([secure.close(), closeServer(plain), closeServer(proxy)]);
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  tunnels.length = 0;
  secure.heard.length = 0;
  statusFor = () => 200;
});

let runs = 0;

const configured = async (network: object, more: object = {}): Promise<string> => {
  runs += 1;
  const file = join(folder, `${runs}.json`);
  // No name server answers: a name that is resolved here fails.
  const whole = { dnsServers: ['127.0.0.1:1'], caFile: 'ca.pem', ...network };
  await writeFile(
    file,
    JSON.stringify({
      network: whole,
      limits: { confirmPauseMs: 0, resolveMs: 500 },
      registration: { enabled: false },
      targets: onlyTargets({
        'auth.certificate': { enabled: true },
        'my.secure': { url: 'https://auth.hokus.ai/secure', auth: 'bearer' },
        'my.plain': { url: 'http://auth.hokus.ai/plain' },
      }),
      ...more,
    }),
  );
  return file;
};

const check = async (
  network: object,
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult & { readonly ended: Readonly<Record<string, string>> }> => {
  const args = ['check', '--config', await configured(network), '--format', 'json'];
  const result = await cli(args, { HOKUSAI_API_KEY: key, ...env });
  const { outcomes } = JSON.parse(result.stdout) as Report;
  const ended = outcomes.map(({ target, status, failureMode }) => [target, [status, failureMode].join(' ').trim()]);
  return { ...result, ended: Object.fromEntries(ended) };
};

const allPass = { 'auth.certificate': 'pass', 'my.secure': 'pass', 'my.plain': 'pass' };
const url = (): string => `http://127.0.0.1:${proxyPort}`;
const withPassword = (): string => `http://ada:${password}@127.0.0.1:${proxyPort}`;

describe('a proxy', () => {
  test('takes every request to a name that only it resolves, if network.proxy names it', async () => {
    const { exitCode, ended, stderr } = await check({ proxy: url() });
    expect([exitCode, stderr, ended]).toEqual([0, '', allPass]);
    expect(tunnels.map(({ to }) => to).sort()).toEqual(['auth.hokus.ai:443', 'auth.hokus.ai:443', 'auth.hokus.ai:80']);
    // The key went through TLS, which the proxy cannot read.
    expect(secure.heard.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${key}`]);
  });

  test('of the environment takes them with its password, which no output shows', async () => {
    const env = { HTTPS_PROXY: withPassword(), http_proxy: withPassword() };
    const { exitCode, ended, stdout, stderr } = await check({ proxy: 'environment' }, env);
    expect([exitCode, ended]).toEqual([0, allPass]);
    const basic = `Basic ${Buffer.from(`ada:${password}`).toString('base64')}`;
    expect(new Set(tunnels.map(({ authorization }) => authorization))).toEqual(new Set([basic]));
    for (const secret of [password, basic]) expect(stdout + stderr).not.toContain(secret);
  });

  test.each([
    ['hokus.ai', 0],
    ['.hokus.ai', 0],
    ['other.test, auth.hokus.ai:443', 1],
    ['*', 0],
    ['kus.ai', 3],
    ['', 3],
  ])('of the environment is left out for the names of NO_PROXY: %s', async (no, through) => {
    const env = { ALL_PROXY: url(), NO_PROXY: no };
    await check({ proxy: 'environment' }, env);
    expect(tunnels).toHaveLength(through);
  });

  test('of the environment is left out unless network.proxy says so, and a note names it if nothing was reached', async () => {
    const env = { HTTPS_PROXY: withPassword() };
    const { exitCode, stderr } = await check({}, env);
    expect([exitCode, tunnels]).toEqual([1, []]);
    expect(stderr).toMatch(/^nothing was reached\. HTTPS_PROXY is set, .*network\.proxy: environment/m);
    expect(stderr).not.toContain(password);
    const direct = await check({ connectTo: [`:443:127.0.0.1:${secure.port}`, `:80:127.0.0.1:${plainPort}`] }, env);
    expect([direct.exitCode, direct.ended, direct.stderr]).toEqual([0, allPass, '']);
  });

  test.each([
    [
      'through it',
      () => ({ proxy: 'environment' }),
      ['auth.hokus.ai:443', 'auth.hokus.ai:80'],
      /-x http:\/\/127\.0\.0\.1:\d+ (-p )?-U "\$PROXY_USER" --noproxy ''/,
    ],
    [
      'directly',
      () => ({ connectTo: [`:443:127.0.0.1:${secure.port}`, `:80:127.0.0.1:${plainPort}`] }),
      [],
      /--noproxy '\*'/,
    ],
  ])('is named in the commands that ask again, without its password: %s', async (_, network, through, words) => {
    const expect500 = { expect: { status: [500] } };
    const config = await configured(network(), {
      targets: onlyTargets({
        'my.secure': { url: 'https://auth.hokus.ai/secure', auth: 'bearer', ...expect500 },
        'my.plain': { url: 'http://auth.hokus.ai/plain', ...expect500 },
      }),
    });
    const env = { HOKUSAI_API_KEY: key, ALL_PROXY: withPassword(), NO_PROXY: 'other.test' };
    const { stdout } = await cli(['check', '--config', config, '--format', 'json'], env);
    expect(stdout).not.toContain(password);
    const commands = (JSON.parse(stdout) as Report).outcomes.flatMap(({ asked }) => asked?.command ?? []);
    expect(commands).toEqual([expect.stringMatching(words), expect.stringMatching(words)]);

    // In a shell that would decide otherwise.
    tunnels.length = 0;
    const shell = {
      ...env,
      NO_PROXY: through.length > 0 ? '*' : '',
      PROXY_USER: `ada:${password}`,
      PATH: process.env['PATH'],
    };
    for (const command of commands) {
      const { stdout: answer } = await promisify(execFile)('sh', ['-c', command], { cwd: folder, env: shell });
      expect(answer).toMatch(/^HTTP\/1\.1 200[\s\S]*ok$/);
    }
    expect(tunnels.map(({ to }) => to).sort()).toEqual(through);
  });

  test.each([
    ['refuses every connection (403)', () => ({ proxy: url() }), 403],
    ['wants a password (407)', () => ({ proxy: url() }), 407],
    ['cannot be reached', () => ({ proxy: 'http://127.0.0.1:1' }), 200],
    ['has a name that does not resolve', () => ({ proxy: 'http://proxy.test:3128' }), 200],
    ['is no proxy', () => ({ proxy: `http://127.0.0.1:${secure.port}` }), 200],
  ])('that %s is not the platform’s fault', async (_, network, status) => {
    statusFor = () => status;
    const { exitCode, ended, stdout } = await check(network());
    expect(exitCode).toBe(2);
    expect(Object.values(ended).filter((one) => one.startsWith('fail'))).toEqual([]);
    expect((JSON.parse(stdout) as Report).verdict).toBe('inconclusive');
    expect(secure.heard).toEqual([]);
  });

  test('that does not get through to one place blames the way behind it', async () => {
    statusFor = (to) => (to.endsWith(':443') ? 502 : 200);
    const { ended, stdout } = await check({ proxy: url() });
    expect(ended).toMatchObject({ 'my.secure': 'fail connect-unreachable', 'my.plain': 'pass' });
    expect(stdout).toContain(`answers 502 to CONNECT auth.hokus.ai:443`);
  });

  test('takes the webhook’s secret URL through TLS alone', async () => {
    const config = await configured(
      { proxy: url() },
      {
        targets: onlyTargets({ 'my.broken': { url: 'https://auth.hokus.ai/x', expect: { status: [500] } } }),
        incidents: { open: { failures: 1, of: 1 } },
        notify: { webhook: { env: 'HOOK' } },
      },
    );
    const { exitCode, stderr } = await cli(
      ['watch', '--every', '10s', '--cycles', '1', '--config', config, '--state', join(folder, 'state.json')],
      { HOOK: 'https://hook.test/services/secret', HOKUSAI_API_KEY: key },
    );
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(tunnels.at(-1)?.to).toBe('hook.test:443');
    expect(secure.heard.at(-1)).toMatchObject({ method: 'POST', url: '/services/secret' });
  });
});
