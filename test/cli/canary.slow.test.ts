import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../src/cli/formats.ts';
import { summaryLine, warnings } from '../../src/functions/probe/log-lines.ts';
import { emfLines } from '../../src/metrics/emf.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import type { Report } from '../../src/model/report.ts';
import { type Echo, echoes, readings } from '../config/echoes.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { type HostilePlatform, type Hostility, type Said, startHostilePlatform } from '../support/hostile-platform.ts';

const key = 'hk_test_Zq8Xw7Vt6Sr5Pn4Mk3Jh2G';
const core = key.slice('hk_test_'.length).toLowerCase();

/** The key as some server could give it back: each time in another form. */
let next = 0;
const echoedIn = (ways: readonly Echo[]): string => {
  next += 1;
  return ways[next % ways.length]?.(key, (choices) => next % choices) ?? key;
};
const ways: readonly Echo[] = Object.values(echoes);
const echoed = (): string => echoedIn(ways);

/** In places that take no control characters. */
const waysInOneLine = ways.filter((way) => /^[ -~]+$/.test(way(key, () => 0)));
const inOneLine = (): string => echoedIn(waysInOneLine);

const json = (value: object, status = 200): Said => ({ status, headers: echoHeaders(), body: JSON.stringify(value) });

const echoHeaders = (): Said['headers'] => [
  ['content-type', 'application/json'],
  ['server', `uvicorn ${inOneLine()}`],
  ['via', `1.1 ${key}`],
  [`x-${key}`, key],
  ['www-authenticate', `Bearer realm="${inOneLine()}"`],
  ['retry-after', key],
  ['set-cookie', `${key}=${key}`],
];

let answers = 0;

/** The key in everything that an answer has, and another kind of answer each time. */
const say = (): Said => {
  const kinds: readonly (() => Said)[] = [
    () => json({ status: 'unhealthy', version: `1.0.${key}`, [key]: { status: 'down' }, [inOneLine()]: 'down' }),
    () => json({ detail: `your key ${echoed()} is bad` }, 401),
    () => json({ error_code: key, message: `(psycopg2.OperationalError) ${echoed()}` }, 503),
    () => redirect(),
    () => ({
      status: 500,
      headers: [['content-type', 'text/html'], ...echoHeaders().slice(1)],
      body: `<html><title>${echoed()}</title><body><h1>${echoed()}</h1><!-- ${echoed()} -->`,
    }),
    () => ({ status: 200, headers: [['content-encoding', key]], body: 'x' }),
    () => ({ status: 404, headers: echoHeaders(), body: echoed() }),
    () => json({ [key]: echoed(), version: key }),
  ];
  answers += 1;
  return (kinds[answers % kinds.length] ?? redirect)();
};

const redirect = (): Said => ({
  status: 302,
  headers: [
    ...echoHeaders(),
    ['location', `https://${key}.example/${encodeURIComponent(inOneLine())}?token=${key}#${key}`],
  ],
  body: '',
});

/** Ids under which the flow's runs and logged models go here: MLflow would take them. */
const ids = new Map<string, string>();
const toKey = (id: string): string => {
  const known = ids.get(id) ?? `${id.startsWith('m-') ? 'm-' : ''}${key}-${ids.size}`;
  ids.set(id, known);
  return known;
};
const withKeyAsId = (text: string): string => text.replace(/\b(?:m-)?[0-9a-f]{32}\b/g, toKey);
const withoutKeyAsId = (text: string): string =>
  [...ids].reduce((result, [id, known]) => result.replaceAll(`${known}`, id), text);

const hostility = (more: Partial<Hostility> = {}): Hostility => ({
  say,
  // Names that do not fit are shown.
  certificateNames: { auth: [`${key}.example`, 'other.example'], platform: [key] },
  zone: (host) => ({
    [host]: { kind: 'alias', name: `${key}.elb.example` },
    [`${key}.elb.example`]: { kind: 'addresses', addresses: ['127.0.0.1'] },
  }),
  configuration: { incidents: { open: { failures: 1, of: 1 } } },
  ...more,
});

const environment = { HOKUSAI_API_KEY: key };

/** Whatever can be read from a text, by whoever takes the time. */
const expectNoKey = (text: string): void => {
  const found = readings(text).find((reading) => reading.toLowerCase().includes(core));
  const at = found?.toLowerCase().indexOf(core) ?? 0;
  expect(found?.slice(Math.max(0, at - 200), at + 60)).toBeUndefined();
};

type Outputs = Readonly<Record<(typeof formats)[number], CliResult>>;

const checkAll = async ({ configurationFile }: HostilePlatform): Promise<Outputs> => {
  const runs: [string, CliResult][] = [];
  for (const format of formats)
    runs.push([format, await cli(['check', '--config', configurationFile, '--format', format], environment)]);
  return Object.fromEntries(runs) as unknown as Outputs;
};

const expectNothingAnywhere = (outputs: Outputs): void => {
  for (const { stdout, stderr, exitCode } of Object.values(outputs)) {
    expect(exitCode).toBe(1);
    expect(stdout.length).toBeGreaterThan(500);
    expectNoKey(stdout);
    expectNoKey(stderr);
  }
  const report = JSON.parse(outputs.json.stdout) as Report;
  const data = metricsFromReport(report, 'targets');
  expectNoKey(JSON.stringify([...warnings(report), summaryLine(report, null), data]));
  expectNoKey(emfLines('Hokusai/Synthetics', data).join('\n'));
};

describe('a platform that echoes the key in everything it sends', () => {
  let platform: HostilePlatform;
  let outputs: Outputs;

  beforeAll(async () => {
    platform = await startHostilePlatform(hostility({ sayAsMlflow: withKeyAsId, hear: withoutKeyAsId }));
    outputs = await checkAll(platform);
  });
  afterAll(() => platform.close());

  it('is really heard, so that the tests below can fail', () => {
    const { outcomes, registration } = JSON.parse(outputs.json.stdout) as Report;
    const texts = outcomes.map(({ evidence }) => JSON.stringify(evidence));
    for (const part of [
      '"certificate":{',
      '"chain":["',
      '"location":"',
      '"version":"',
      '"server":"uvicorn ',
      'psycopg2',
    ])
      expect(
        texts.some((text) => text.includes(part) && text.includes('[redacted]')),
        part,
      ).toBe(true);
    // Its ids are what MLflow takes, so the flow goes through with them.
    expect(registration?.steps.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(registration?.cleanup.removed).toContainEqual({
      thing: 'run',
      id: expect.stringMatching(/^\[redacted\]-\d+$/),
    });
    expect(registration?.cleanup).toMatchObject({ status: 'pass', leftBehind: [] });
  });

  it('gets it into no report format, metric or log line', () => {
    expectNothingAnywhere(outputs);
  });

  it('gets it into no stored state and no message', async () => {
    const state = join(platform.folder, 'state.json');
    const watched = await cli(
      ['watch', '--every', '10s', '--cycles', '2', '--state', state, '--config', platform.configurationFile],
      environment,
    );
    expect(watched.stdout).toContain('opened');
    expectNoKey(watched.stdout + watched.stderr);
    const listed = await cli(['incidents', '--state', state, '--config', platform.configurationFile], environment);
    expectNoKey(listed.stdout + listed.stderr);
    for (const file of await readdir(platform.folder))
      if (file.startsWith('state')) expectNoKey(await readFile(join(platform.folder, file), 'utf8'));
    expect((await readFile(state, 'utf8')).length).toBeGreaterThan(1_000);
  });

  it('gets it into nothing that is made from a saved report', async () => {
    const saved = join(platform.folder, 'report.json');
    await writeFile(saved, outputs.json.stdout);
    const { stdout, stderr } = await cli(['replay', saved, '--config', platform.configurationFile], environment);
    expect(stdout.length).toBeGreaterThan(500);
    expectNoKey(stdout + stderr);
  });
});
