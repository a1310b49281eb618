import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summaryLine, warnings } from '../../src/functions/probe/log-lines.ts';
import { emfLines } from '../../src/metrics/emf.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import type { Report } from '../../src/model/report.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { type CliResult, cli } from '../support/cli.ts';

const secret = ['hk', 'test', 'Zq8'.repeat(9)].join('_');

/** The session of somebody else, as an application sets it. */
const session = 'Wm7fK2somebodysSession';

/** Every form of the key that the outputs are searched for, case aside. */
const forms: readonly string[] = [
  secret,
  secret.slice(8),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('hex'),
  ...[secret, ` ${secret}`, `  ${secret}`].map((text) => Buffer.from(text).toString('base64').slice(4, -4)),
  [...secret].reverse().join(''),
  session,
];

/** A platform that gives every header back, in every place that an answer has. */
const echo = (): Server =>
  createServer((request, response) => {
    const key = request.headers.authorization ?? String(request.headers['x-api-key'] ?? 'none');
    const bare = key.replace(/^Bearer /, '');
    const path = (request.url ?? '').split('?')[0] ?? '';
    const statuses: Readonly<Record<string, number>> = { '/': 500, '/health': 302, '/api/health': 401 };
    response.writeHead(statuses[path] ?? 502, {
      'content-type': 'application/json',
      'x-echo': key,
      server: `uvicorn ${bare}`,
      'set-cookie': `session=${session}; Path=/; HttpOnly`,
      'www-authenticate': `Bearer realm="${bare}"`,
      location: `https://registry.hokus.ai/login?next=${encodeURIComponent(key)}`,
    });
    response.end(
      JSON.stringify({
        detail: `your key ${bare} is bad`,
        upper: bare.toUpperCase(),
        base64: Buffer.from(`x:${bare}`).toString('base64'),
        hex: Buffer.from(bare).toString('hex'),
        url: encodeURIComponent(key),
        headers: request.rawHeaders,
        cut: `${'.'.repeat(700)}${bare}`,
      }),
    );
  });

let folder: string;
let server: Server;
let json: CliResult;
let pretty: CliResult;
let written: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  const authority = await Authority.create();
  const { chain, key } = await authority.issue({
    names: ['registry.hokus.ai', 'auth.hokus.ai', 'api.hokus.ai', 'mlflow.hokus.ai', 'platform.hokus.ai'],
  });
  server = echo();
  server.setSecureContext({ cert: chain, key });
  const port = await listen(server, 0, '127.0.0.1');
  await writeFile(join(folder, 'ca.pem'), authority.rootPem);
  await writeFile(
    join(folder, 'synthetics.yaml'),
    `network: { connectTo: ["::127.0.0.1:${port}"], caFile: ca.pem }\nlimits: { totalMs: 2000, decisiveMs: 2000, confirmPauseMs: 10 }\n`,
  );
  const run = (...args: readonly string[]): Promise<CliResult> =>
    cli(['check', '--config', join(folder, 'synthetics.yaml'), ...args], { HOKUSAI_API_KEY: secret });
  [json, pretty] = await Promise.all([run('--format', 'json'), run('--output', join(folder, 'report.txt'))]);
  written = await readFile(join(folder, 'report.txt'), 'utf8');
});

afterAll(async () => {
  await closeServer(server);
  await rm(folder, { recursive: true, force: true });
});

const leaks = (text: string): readonly string[] =>
  forms.filter((form) => text.toLowerCase().includes(form.toLowerCase()));

describe('a key that a server echoes in body, headers, redirect and error', () => {
  it('is really sent and echoed, so that the tests below can fail', () => {
    const { outcomes } = JSON.parse(json.stdout) as Report;
    const echoed = outcomes.find(({ target }) => target === 'registry.mlflow-proxy-search');
    expect(echoed?.evidence.body).toContain('[redacted]');
    expect(echoed?.evidence.summary).toContain('your key [redacted] is bad');
    expect(json.exitCode).toBe(1);
  });

  it('is sent by the flow, too', () => {
    const { registration } = JSON.parse(json.stdout) as Report;
    const credentials = registration?.steps.find(({ id }) => id === 'credentials');
    expect(credentials?.evidence.summary).toContain('your key [redacted] is bad');
  });

  it('appears in no report and no other output', () => {
    for (const text of [json.stdout, json.stderr, pretty.stdout, pretty.stderr, written])
      expect(leaks(text)).toEqual([]);
  });

  it('appears in no log line and no metric of the Lambda function', () => {
    const report = JSON.parse(json.stdout) as Report;
    const data = metricsFromReport(report, 'targets');
    const lines = [...warnings(report), summaryLine(report, null), ...emfLines('Hokusai/Synthetics', data), data];
    expect(lines.length).toBeGreaterThan(10);
    expect(leaks(JSON.stringify(lines))).toEqual([]);
  });
});
