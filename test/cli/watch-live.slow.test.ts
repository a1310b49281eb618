import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { cli, startCli } from '../support/cli.ts';
import { ask, follow, sendRaw, type Watched } from '../support/live.ts';
import { type OneServer, onlyTargets, startOneServer } from '../support/one-server.ts';

const key = 'hk_test_0123456789abcdef0123456789abcdef';

/** The built command line watches one host and serves its live page; real clients ask it. */
describe('watch --listen', () => {
  let folder: string;
  let server: OneServer;
  let watched: Watched;
  let url: string;
  const args = (state: string): readonly string[] => [
    ...['watch', '--every', '10s', '--config', join(folder, 'c.json'), '--state', join(folder, state)],
    ...['--listen', '127.0.0.1:0'],
  ];
  const start = async (state: string): Promise<Watched> => {
    const following = follow(startCli(args(state), { env: { HOKUSAI_API_KEY: key } }));
    await following.until(/UTC {2}/);
    return following;
  };
  const urlOf = ({ said }: Watched): string => /http:\/\/127\.0\.0\.1:\d+\//.exec(said().stdout)?.[0] ?? '';
  const end = async ({ child }: Watched, signal: NodeJS.Signals = 'SIGTERM'): Promise<unknown> => {
    child.kill(signal);
    return (await once(child, 'close'))[0];
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'live-'));
    const authority = await Authority.create();
    const certificate = await authority.issue({ names: ['auth.hokus.ai', 'api.hokus.ai'] });
    server = await startOneServer(certificate, ({ url: path, headers }, response) => {
      response.writeHead(path === '/broken' ? 500 : 200).end(`<b>${headers.authorization}</b>`);
    });
    await writeFile(join(folder, 'ca.pem'), authority.rootPem);
    const configuration = {
      environment: 'test',
      network: { connectTo: [`:443:127.0.0.1:${server.port}`], caFile: 'ca.pem' },
      limits: { confirmPauseMs: 0 },
      registration: { enabled: false },
      targets: onlyTargets({
        'my.broken': { url: 'https://auth.hokus.ai/broken', auth: 'bearer' },
        'other.ok': { url: 'https://api.hokus.ai/ok' },
      }),
      incidents: { open: { failures: 1, of: 1 } },
    };
    await writeFile(join(folder, 'c.json'), JSON.stringify(configuration));
    watched = await start('state.json');
    url = urlOf(watched);
    await vi.waitFor(async () => expect((await ask(`${url}healthz`)).body).toContain('"ok"'), { timeout: 60_000 });
  });
  afterAll(async () => {
    await end(watched);
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('says at its start what it watches, how often, where it keeps what, and who is told', () => {
    const { stdout, stderr } = watched.said();
    expect(stdout).toMatch(/^Watching test: 2 targets, every 10 s\n/);
    expect(stdout).toContain(`incidents      ${join(folder, 'state.json')}\n`);
    expect(stdout).toContain(
      `history        ${join(folder, 'state.history.json')}, the last 24 hours, at most 512 KiB\n`,
    );
    expect(stdout).toMatch(/told {11}this terminal\n/);
    expect(stderr).toBe('');
  });

  it('serves the page, the incident, the metrics and the health, without the key', async () => {
    const page = await ask(url);
    expect([page.status, page.type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toMatch(/<b>other<\/b><span class="share">100 %/);
    expect(page.body).toMatch(/<b>my<\/b><span class="share">0 %/);
    const [, id = ''] = /href="(incidents\/[^"]+)"/.exec(page.body) ?? [];
    const incident = await ask(`${url}${id}`);
    expect(incident.body).toContain('my.broken');
    const metrics = await ask(`${url}metrics`);
    expect(metrics.type).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(metrics.body).toMatch(
      /^hokusai_synthetics_target_success_ratio\{environment="test",target="my\.broken"\} 0$/m,
    );
    expect([page, incident, metrics].filter(({ body }) => body.includes(key))).toEqual([]);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test.each([
    { title: 'a POST', options: { method: 'POST' }, status: 405 },
    { title: 'a DELETE', options: { method: 'DELETE' }, status: 405 },
    {
      title: 'another site’s name, as after DNS rebinding',
      options: { headers: { host: 'evil.example' } },
      status: 421,
    },
    { title: 'a path that is not there', options: {}, path: 'nothing', status: 404 },
    { title: 'headers beyond 8 KiB', options: { headers: { 'x-long': 'x'.repeat(9_000) } }, status: 431 },
  ])('refuses $title with $status', async ({ options, path = '', status }) => {
    expect((await ask(`${url}${path}`, options)).status).toBe(status);
  });

  it('answers HEAD without a body', async () => {
    const { status, body, headers } = await ask(url, { method: 'HEAD' });
    expect([status, body]).toEqual([200, '']);
    expect(Number(headers['content-length'])).toBeGreaterThan(1_000);
  });

  it('goes on with its cycles while clients send nothing, half a request, or nonsense', async () => {
    const cycles = (): number => watched.said().stdout.match(/UTC {2}/g)?.length ?? 0;
    const before = cycles();
    const clients = [
      ...Array.from({ length: 40 }, () => sendRaw(url, '')),
      ...Array.from({ length: 10 }, () => sendRaw(url, 'GET / HTTP/1.1\r\nHost: localhost\r\n')),
      sendRaw(url, '\u0000\u0001 nonsense\r\n\r\n'),
    ];
    await watched.until(/UTC {2}/, before + 2);
    // The server closes each of them by itself.
    await Promise.all(clients);
    expect((await ask(`${url}healthz`)).status).toBe(200);
  });

  it('says which port is taken, before any cycle', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { exitCode, stdout, stderr } = await cli([...args('taken.json'), '--listen', `127.0.0.1:${port}`], {
      HOKUSAI_API_KEY: key,
    });
    taken.close();
    expect(stderr).toBe(
      `hokusai-synthetics: --listen 127.0.0.1:${port}: another program listens there; choose another port, or 0 for any that is free (EADDRINUSE)\n`,
    );
    expect([exitCode, stdout]).toEqual([2, '']);
  });

  it('keeps its history over a kill, and begins again with a sentence when the file is damaged', async () => {
    const first = await start('killed.json');
    await expect.poll(() => readdir(folder), { timeout: 60_000 }).toContain('killed.history.json');
    await end(first, 'SIGKILL');
    const file = join(folder, 'killed.history.json');
    const { cycles } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly cycles: readonly { readonly at: string }[];
    };
    const second = await start('killed.json');
    expect((await ask(urlOf(second))).body).toContain(`<time datetime="${cycles[0]?.at}">`);
    expect(await end(second)).toBe(0);

    await writeFile(file, '{"version":1,"envi');
    const third = await start('killed.json');
    expect(third.said().stderr).toBe(`the history ${file} cannot be used, so it begins again: it is not JSON\n`);
    expect((await ask(urlOf(third))).status).toBe(200);
    expect(await end(third)).toBe(0);
  });
});
