import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../src/cli/formats.ts';
import type { Outcome, Report } from '../../src/model/report.ts';
import { annotations } from '../../src/report/github/annotations.ts';
import { summary } from '../../src/report/github/summary.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderJunit } from '../../src/report/junit/render.ts';
import { renderPretty } from '../../src/report/pretty.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { plainRogue, type Rogue, rogues, tlsRogue } from '../../src/sandbox/network/rogues.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { view } from '../report/hostile.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { hostileResponses } from '../support/hostile-responses.ts';
import { testKey } from '../support/probing.ts';
import type { NeighbourPorts, NeighboursData } from './neighbours-thread.ts';

const plainNeighbours = 32;
const secureNeighbours = 6;

/** The hostile ones: a target of one's own, and a health route of the platform's over TLS. */
const hostileIds: readonly string[] = ['my.hostile', 'auth.health'];

let folder: string;
let certificate: Certificate;
let thread: Worker;
let neighbours: NeighbourPorts;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  const authority = await Authority.create();
  certificate = await authority.issue({ names: ['secure.test', 'auth.hokus.ai', 'registry.hokus.ai'] });
  await writeFile(join(folder, 'ca.pem'), authority.rootPem);
  const workerData: NeighboursData = { cert: certificate.chain, key: certificate.key };
  thread = new Worker(new URL('neighbours-thread.ts', import.meta.url), { workerData });
  [neighbours] = (await once(thread, 'message')) as [NeighbourPorts];
});

afterAll(async () => {
  await thread.terminate();
  await rm(folder, { recursive: true, force: true });
});

const configuration = (hostile: NeighbourPorts, withFlow: boolean): string =>
  [
    'environment: test',
    `credentials: { apiKey: ${withFlow ? '{ env: HOKUSAI_API_KEY }' : 'none'} }`,
    // Of a machine on which other tests run beside: what a hostile answer once cost was far more.
    'limits: { slowMs: 15000, totalMs: 20000 }',
    'network:',
    '  caFile: ca.pem',
    '  connectTo:',
    `    - "plain.test:80:127.0.0.1:${neighbours.plain}"`,
    `    - "secure.test:443:127.0.0.1:${neighbours.secure}"`,
    `    - "hostile.test:80:127.0.0.1:${hostile.plain}"`,
    `    - "auth.hokus.ai:443:127.0.0.1:${hostile.secure}"`,
    `    - "registry.hokus.ai:443:127.0.0.1:${hostile.secure}"`,
    'targets:',
    ...Array.from({ length: plainNeighbours }, (_, n) => `  my.p${n}: { url: "http://plain.test/${n}" }`),
    ...Array.from({ length: secureNeighbours }, (_, n) => `  my.s${n}: { url: "https://secure.test/${n}" }`),
    '  my.hostile: { url: "http://hostile.test/", timeoutMs: 1500 }',
    '  auth.health: { timeoutMs: 1500 }',
    '',
  ].join('\n');

let run = 0;

/** A check of the forty, as it ships, with both hostile targets, and the flow, served by the same misbehaviour. */
const checkBeside = async (rogue: Rogue, format: string, withFlow = false): Promise<CliResult> => {
  const plain = plainRogue(rogue);
  const secure = tlsRogue(rogue, certificate);
  try {
    const ports = { plain: await listen(plain, 0, '127.0.0.1'), secure: await listen(secure, 0, '127.0.0.1') };
    const file = join(folder, `run-${run++}.yaml`);
    await writeFile(file, configuration(ports, withFlow));
    const targets = ['my', 'auth.health'].flatMap((id) => ['--target', id]);
    const flow = withFlow ? ['--target', 'registration'] : ['--skip-registration'];
    return await cli(['check', '--config', file, ...targets, ...flow, '--format', format], {
      HOKUSAI_API_KEY: testKey,
    });
  } finally {
    await closeServer(plain);
    await closeServer(secure);
  }
};

/** Answers as it should. */
const harmless: Rogue = (socket) => {
  socket.once('data', () => {
    const body = '{"status":"healthy"}';
    socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  });
};

const reportOf = ({ stdout }: CliResult): Report => JSON.parse(stdout) as Report;

/** All that is told of an outcome but its times. */
const told = ({ target, status, failureMode, phase, hop, answeredBy, httpStatus, attempts, evidence }: Outcome) => ({
  target,
  status,
  failureMode,
  phase,
  hop,
  answeredBy,
  httpStatus,
  attempts: attempts.length,
  summary: evidence.summary,
  code: evidence.code,
  body: evidence.body,
  headers: { ...evidence.headers, date: null },
});

const strictness = { degraded: false, known: false };

/** Each format takes whatever was seen. */
const renderers: readonly ((report: Report) => string)[] = [
  (report) => renderPretty(report, { ...view, color: false, width: 100 }),
  (report) => renderJunit(report, view, strictness),
  (report) => renderHtml(report, view),
  (report) => summary(report, view),
  (report) => annotations(report, view, strictness),
];

const isHostile = ({ target }: Outcome): boolean => hostileIds.includes(target);
const others = ({ outcomes }: Report) => outcomes.filter((outcome) => !isHostile(outcome)).map(told);

describe('one hostile target among forty', () => {
  let without: ReturnType<typeof others>;

  beforeAll(async () => {
    const calm = await checkBeside(harmless, 'json');
    expect([calm.exitCode, calm.stderr]).toEqual([1, '']);
    const report = reportOf(calm);
    expect(report.outcomes.filter(isHostile).map(({ status }) => status)).toEqual(['pass', 'pass']);
    without = others(report);
    expect(without).toHaveLength(plainNeighbours + secureNeighbours);
    expect(new Set(without.map(({ failureMode }) => failureMode)).size).toBeGreaterThan(5);
  });

  const kinds: readonly (readonly [string, Rogue])[] = [...Object.entries(rogues), ...Object.entries(hostileResponses)];

  it.concurrent.each(kinds)('changes nothing for the others: %s', async (_, rogue) => {
    const { exitCode, stdout, stderr } = await checkBeside(rogue, 'json');
    expect([exitCode, stderr]).toEqual([1, '']);
    const report = reportOf({ exitCode, stdout, stderr });
    expect(others(report)).toEqual(without);
    for (const render of renderers) expect(render(report)).not.toBe('');
    for (const { status, failureMode, evidence } of report.outcomes.filter(isHostile)) {
      expect(status).not.toBe('inconclusive');
      expect(failureMode).not.toBe('probe-error');
      expect(evidence.summary.length).toBeLessThan(2_100);
    }
  });

  it.concurrent.each([
    'arrays in arrays, 250 KB, with 200',
    'objects in objects',
    'auth, 60 thousand times',
    'half characters and NULs',
    'names that every object inherits',
  ] as const)('changes nothing for the others when a hostile MLflow stops the flow: %s', async (name) => {
    const { exitCode, stdout, stderr } = await checkBeside(hostileResponses[name], 'json', true);
    expect([exitCode, stderr]).toEqual([1, '']);
    const report = reportOf({ exitCode, stdout, stderr });
    expect(others(report)).toEqual(without);
    const steps = report.registration?.steps ?? [];
    expect(steps.some(({ status }) => status === 'fail')).toBe(true);
    expect(steps.filter(({ failureMode }) => failureMode === 'probe-error')).toEqual([]);
  });

  const steering = ['escape sequences', 'headers that steer a terminal'] as const;

  it.concurrent.each(steering.flatMap((name) => formats.map((format) => [name, format] as const)))(
    "cannot control the reader's terminal or page: %s in %s",
    async (name, format) => {
      const { exitCode, stdout, stderr } = await checkBeside(hostileResponses[name], format);
      expect([exitCode, stderr]).toEqual([1, '']);
      // The brief has room for the first failures only, of which the hostile target is one.
      expect(stdout).toContain(format === 'brief' ? 'auth.health' : 'hostile');
      expect(stdout).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}]/u);
    },
  );
});
