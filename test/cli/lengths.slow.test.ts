import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import type { ZoneEntry } from '../../src/sandbox/network/dns-zone.ts';
import { cli } from '../support/cli.ts';
import { type HostilePlatform, type Hostility, type Said, startHostilePlatform } from '../support/hostile-platform.ts';

/** A report on all defaults, each of them failing at length, and asked twice. */
const reportBytes = 500_000;
/** After its first cycle. DynamoDB takes 400 KB. */
const stateBytes = 50_000;

const key = 'hk_test_0123456789abcdefghijklmn';
const long = (characters: number): string => 'long '.repeat(characters / 5);

const json = (value: object, status = 200, headers: Said['headers'] = []): Said => ({
  status,
  headers: [['content-type', 'application/json'], ...headers],
  body: JSON.stringify(value),
});

const broken = (headers: Said['headers'] = []): Said => json({ detail: 'broken' }, 500, headers);

/** Names of 250 characters, one behind the other. */
const longChain = (host: string): Readonly<Record<string, ZoneEntry>> => {
  const names = [
    host,
    ...Array.from({ length: 7 }, (_, at) => `${`${'n'.repeat(60)}${at}.`.repeat(4).slice(0, -1)}.x`),
  ];
  return Object.fromEntries(
    names.map((name, at) => [
      name,
      names[at + 1] === undefined
        ? ({ kind: 'addresses', addresses: ['127.0.0.1'] } as const)
        : ({ kind: 'alias', name: names[at + 1] ?? '' } as const),
    ]),
  );
};

const thousandsOfNames = [...Array(3_000).keys()].map((at) => `n${at}.example`);

/** What is cut, and where the report says so. */
const families: Readonly<Record<string, Hostility & { readonly shows: RegExp; readonly stores?: RegExp }>> = {
  'a Location of 60 KB': {
    say: () => ({ status: 302, headers: [['location', `https://other.example/${'a'.repeat(60_000)}`]], body: '' }),
    shows: /"location": "https:\/\/other\.example\/a+… 59,\d{3} more"/,
  },
  'a version of 200 KB': {
    say: () => json({ status: 'unhealthy', version: `1.0.${'9'.repeat(200_000)}`, database: 'down' }),
    shows: /"version": "1\.0\.9+… 199,\d{3} more"/,
    stores: /"current": ?"1\.0\.9+…"/,
  },
  'a state within 200 KB of white space': {
    say: () => json({ status: `down${' '.repeat(200_000)}`, database: 'down' }),
    shows: /"summary": "200 by the application: says down, because of database"/,
  },
  'a header of 60 KB': {
    say: () => broken([['www-authenticate', `Bearer realm="${'r'.repeat(60_000)}"`]]),
    shows: /"www-authenticate": "Bearer realm=.*… 59,\d{3} more"/,
  },
  '1,000 headers': {
    say: () => broken([...Array(1_000).keys()].map((at) => [`x-header-${at}`, 'x'.repeat(30)])),
    shows: /"server": |"content-type": "application\/json"/,
  },
  'a message of 200 KB': {
    say: () => json({ error_code: 'INTERNAL_ERROR', message: long(200_000) }, 500),
    shows: /"body": ".*… 199,\d{3} more"/,
  },
  '3,000 names of a certificate': {
    say: () => broken(),
    certificateNames: { registry: thousandsOfNames, api: thousandsOfNames, auth: thousandsOfNames },
    shows: /"n8\.example",\s*"… 2,991 more"/,
  },
  'a long chain of names': {
    say: () => broken(),
    zone: longChain,
    shows: /"chain": \[/,
  },
  'all of it at once': {
    say: () => ({
      status: 302,
      headers: [
        ['location', `https://other.example/${'a'.repeat(15_000)}`],
        ...['server', 'via', 'x-cache', 'retry-after'].map((name) => [name, 'x'.repeat(10_000)] as const),
      ],
      body: long(200_000),
    }),
    certificateNames: { platform: thousandsOfNames, auth: thousandsOfNames },
    zone: longChain,
    sayAsMlflow: (text) => text.replace(/"run_id": ?"[0-9a-f]{32}"/, `"run_id":"${'a'.repeat(60_000)}"`),
    shows: /… [\d,]+ more/,
  },
};

describe('a platform that sends more text than a reader can use', () => {
  let platform: HostilePlatform | null = null;

  afterEach(() => platform?.close());

  it.each(Object.entries(families))('%s', async (_, { shows, stores = /"openedAt": ?"20/, ...hostility }) => {
    platform = await startHostilePlatform({
      ...hostility,
      configuration: { incidents: { open: { failures: 1, of: 1 } } },
    });
    const { folder, configurationFile } = platform;
    const run = (...args: readonly string[]) => cli([...args, '--config', configurationFile], { HOKUSAI_API_KEY: key });
    const reported = await run('check', '--format', 'json');
    expect(reported.stdout).toMatch(shows);
    expect(reported.stdout.length).toBeLessThan(reportBytes);
    const { outcomes } = JSON.parse(reported.stdout) as Report;
    expect(outcomes.filter(({ status }) => status === 'inconclusive')).toEqual([]);

    const state = join(folder, 'state.json');
    const watched = await run('watch', '--every', '10s', '--cycles', '1', '--state', state);
    expect(watched.stdout).toContain('opened');
    expect((await stat(state)).size).toBeLessThan(stateBytes);
    expect(await readFile(state, 'utf8')).toMatch(stores);
  });
});
