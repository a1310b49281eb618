import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/model/limits.ts';
import type { Outcome, Report } from '../../src/model/report.ts';
import { cli } from '../support/cli.ts';
import { type Asked, garbageFor, withNameServer } from '../support/name-server.ts';

const hosts = ['registry', 'api', 'mlflow', 'platform', 'auth'] as const;
const slow = 'mlflow.hokus.ai';
/** The registry, the name server's victim in each case. */
const victim = 'registry.hokus.ai';

const healthy = (asked: Asked): void =>
  asked.send(asked.type === 'A' ? asked.addresses('127.0.0.1') : asked.addresses());

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-names-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** `check` of the platform's names alone, by the command line as it ships. */
const checkNames = (answer: (asked: Asked) => void, limits: object = {}): Promise<Report> =>
  withNameServer(answer, async ({ at }) => {
    const [configuration, output] = [join(folder, 'synthetics.json'), join(folder, 'report.json')];
    await writeFile(
      configuration,
      JSON.stringify({ network: { dnsServers: [at] }, limits, credentials: { apiKey: 'none' } }),
    );
    const targets = hosts.flatMap((host) => ['--target', `${host}.dns`]);
    const { stderr } = await cli([
      'check',
      '--config',
      configuration,
      ...targets,
      '--format',
      'json',
      '--output',
      output,
    ]);
    expect(stderr).not.toMatch(/error/i);
    return JSON.parse(await readFile(output, 'utf8')) as Report;
  });

const shown = ({ outcomes }: Report): Readonly<Record<string, string | null>> =>
  Object.fromEntries(outcomes.map(({ target, status, failureMode }: Outcome) => [target, failureMode ?? status]));

const allPass = Object.fromEntries(hosts.map((host) => [`${host}.dns`, 'pass']));

describe('the command line', () => {
  it('reports one malformed DNS response, and nothing about its neighbours', async () => {
    const report = await checkNames(
      (asked) => (asked.name === victim ? asked.send(garbageFor(asked)) : healthy(asked)),
      { resolveMs: 1_000 },
    );
    expect(shown(report)).toEqual({ ...allPass, 'registry.dns': 'dns-servfail' });
    expect(report.outcomes.find(({ target }) => target === 'registry.dns')?.evidence.code).toBe('EBADRESP');
  });

  it('waits for a name that takes 1.2 s or 3.2 s, up to the limit of 4 s, while others resolve at once', async () => {
    for (const ms of [1_200, 3_200]) {
      const report = await checkNames((asked) => {
        if (asked.name === slow) setTimeout(() => healthy(asked), ms);
        else healthy(asked);
      });
      expect(shown(report)).toEqual(allPass);
      expect(report.outcomes.map(({ attempts }) => attempts.length)).toEqual(hosts.map(() => 1));
    }
  });

  it('is not blind when every lookup takes 1.2 s', async () => {
    const report = await checkNames((asked) => void setTimeout(() => healthy(asked), 1_200));
    expect(report.verdict).toBe('healthy');
    expect(shown(report)).toEqual(allPass);
  });

  it('reports a deleted record even if IPv6 queries get no response', async () => {
    const report = await checkNames((asked) => {
      if (asked.type === 'A') asked.name === victim ? asked.send(asked.error('nxdomain')) : healthy(asked);
    });
    expect(shown(report)).toEqual({ ...allPass, 'registry.dns': 'dns-nxdomain' });
    // The silence about IPv6 is not waited for.
    const deleted = report.outcomes.find(({ target }) => target === 'registry.dns');
    expect(deleted?.timingsMs.resolve).toBeLessThan(defaultLimits.resolveMs);
    expect(report.diagnosis.hypotheses[0]?.id).toBe('dns-misconfigured');
  });

  it('is blind when no lookup gets a response', async () => {
    const report = await checkNames(() => undefined, { resolveMs: 500 });
    expect(report).toMatchObject({ verdict: 'inconclusive', diagnosis: { status: 'monitor-blind' } });
  });
});
