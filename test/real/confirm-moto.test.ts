import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { accessTo, ask } from '../confirm/asking.ts';
import { pythonWith } from '../setup/environment.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { cli } from '../support/cli.ts';

/** Those whose state moto does not have: health of targets, times of tasks. Their calls are still read. */
const onlyRead = [
  'health-check-mismatch',
  'backend-tls-mismatch',
  'database-auth-failing',
  'database-read-only',
  'redis-unreachable',
] as const satisfies readonly HypothesisId[];

const script = join(import.meta.dirname, '..', 'setup', 'aws_inventory.py');

describeWith('moto', 'AWS on the wire, with the platform as the documents describe it', () => {
  let moto: Moto;
  const python = async (...args: readonly string[]): Promise<void> => {
    await promisify(execFile)(await pythonWith('moto'), [script, moto.endpoint, ...args]);
  };
  beforeAll(async () => {
    moto = await startMoto();
    await python();
  });
  afterAll(() => moto.close());

  /** One after the other, and each leaves the next one's resources as they were. */
  const decided = [
    'database-pool-exhausted',
    'circuit-breaker-open',
    'dns-misconfigured',
    'service-discovery-broken',
    'security-group-blocking',
    'alb-wrong-target-group',
    'alb-routing-misconfigured',
    'https-redirect-broken',
    'https-listener-missing',
    'database-unreachable',
  ] as const satisfies readonly HypothesisId[];

  test('nothing is confirmed while nothing is broken, and no answer is misread', async () => {
    for (const id of [...decided, ...onlyRead]) {
      const { findings } = await ask([id], accessTo(moto.endpoint));
      expect(findings.filter(({ verdict }) => verdict === 'confirmed')).toEqual([]);
      expect(findings.filter(({ line }) => /unexpected form|not from AWS|refused the call/.test(line))).toEqual([]);
    }
  });

  test('a service without tasks is confirmed to be down: moto starts none', async () => {
    const { findings } = await ask(['api-service-unhealthy'], accessTo(moto.endpoint));

    expect(findings).toMatchObject([{ verdict: 'confirmed', line: 'hokusai-api-development runs 0 of 2 tasks' }]);
  });

  test.for(decided)('%s is confirmed when it is true, and not before', async (id) => {
    const verdicts = async () => (await ask([id], accessTo(moto.endpoint))).findings.map(({ verdict }) => verdict);
    expect(await verdicts()).not.toContain('confirmed');

    await python(id);

    expect(await verdicts()).toContain('confirmed');
  });

  test('the shipped command line says what confirms it, and where it comes from', async () => {
    const { exitCode, stdout, stderr } = await cli(['confirm', 'https-listener-missing'], {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
    });

    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toContain(
      'https-listener-missing: confirmed by elasticloadbalancing:DescribeListeners: hokusai-registry-development has no listener on port 443',
    );
  });
});
