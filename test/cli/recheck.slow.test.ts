import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileStore } from '../../src/incidents/stores/file.ts';
import { startCli, whenEnded } from '../support/cli.ts';

describe('watch --recheck-every', () => {
  let folder: string;
  let server: Server;
  let config: string;
  let isBroken = true;
  let state: string;
  /** When each request came, Unix time in milliseconds. */
  const asked: Readonly<Record<string, number[]>> = { '/a': [], '/health': [], '/ok': [] };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recheck-'));
    server = createServer(({ url = '' }, response) => {
      asked[url]?.push(Date.now());
      response.writeHead(isBroken && url !== '/ok' ? 500 : 200).end('fine');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    config = join(folder, 'synthetics.json');
    state = join(folder, 'state.json');
    const own = (path: string, more: object = {}) => ({ url: `${at}${path}`, auth: 'none', ...more });
    const targets = {
      only: ['my.a', 'my.deep', 'my.ok'],
      'my.a': own('/a'),
      // Like a health route that may block the platform: it waits for another request.
      'my.deep': own('/health', { after: ['my.ok'] }),
      'my.ok': own('/ok'),
    };
    await writeFile(config, JSON.stringify({ environment: 'recheck', credentials: { apiKey: 'none' }, targets }));
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('knows within seconds when the platform works again, and lets no look open or resolve an incident', async () => {
    const args = ['--every', '20s', '--cycles', '4', '--recheck-every', '5s', '--state', state, '--config', config];
    const child = startCli(['watch', ...args]);
    let repairedAt = 0;
    child.stdout.on('data', (chunk) => {
      if (!String(chunk).includes('opened')) return;
      isBroken = false;
      repairedAt = Date.now();
    });
    const { exitCode, stdout } = await whenEnded(child);
    expect(exitCode).toBe(0);
    const [cycles, looks] = [/UTC {2}(failing|healthy)/g, /UTC {2}looked again/g].map((line) => stdout.match(line));
    expect([cycles, looks].map((found) => found?.length)).toEqual([4, 1]);
    expect(stdout).toMatch(/looked again: \d{8}-\d{4}-my passes again[\s\S]*healthy[\s\S]*healthy[\s\S]*Resolved/);

    const stored = (await createFileStore({ file: state }).load('recheck'))?.state.tracked[0];
    const { startedAt = '', resolvedAt } = stored?.view ?? {};
    const endedMs = Date.parse(resolvedAt ?? '') - repairedAt;
    expect(endedMs).toBeGreaterThanOrEqual(-1_000);
    expect(endedMs).toBeLessThan(10_000);
    // The state keeps the time of the cycle that resolved it, because it may return within 30 minutes of that.
    expect(Date.parse(stored?.closedAt ?? '') - Date.parse(startedAt)).toBeGreaterThan(55_000);

    // Four cycles, with a retry in each of the two that fail; looks never ask what may block, nor what passes.
    expect(asked['/health']?.length).toBe(6);
    expect(asked['/ok']?.length).toBe(4);
    expect(asked['/a']?.length).toBeGreaterThan(8);
  }, 120_000);
});
