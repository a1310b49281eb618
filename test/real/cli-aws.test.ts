import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../src/sandbox/network/sockets.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { cli } from '../support/cli.ts';
import { inSandbox } from '../support/sandboxed.ts';

describeWith('moto', 'the command line with AWS at hand', () => {
  let moto: Moto;
  let folder: string;
  beforeAll(async () => {
    moto = await startMoto();
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  });
  afterAll(async () => {
    await moto.close();
    await rm(folder, { recursive: true, force: true });
  });

  const aws = (endpoint: string): Readonly<Record<string, string>> => ({
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'y',
  });
  const client = { region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } };

  it('publishes the metrics of a check to CloudWatch, per failure mode', async () => {
    const args = ['check', '--sandbox', '--scenario', 'registry-rules-deleted', '--publish-metrics'];
    const { exitCode, stderr } = await cli(args, aws(moto.endpoint));
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^[^\n]*this sandbox ends with the check[^\n]*\n$/)]);
    const cloudwatch = new CloudWatchClient({ ...client, endpoint: moto.endpoint });
    const { Metrics = [] } = await cloudwatch.send(new ListMetricsCommand({ Namespace: 'Hokusai/Synthetics' }));
    cloudwatch.destroy();
    const published = Metrics.map(({ MetricName, Dimensions = [] }) =>
      [MetricName, ...Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()].join(' '),
    );
    expect(published).toEqual(
      expect.arrayContaining([
        'Heartbeat Environment=sandbox',
        'Failures Environment=sandbox FailureMode=lb-no-route',
        'Success Environment=sandbox Host=registry',
        'TargetFailure Environment=sandbox Target=registry.root',
      ]),
    );
  });

  it('exits with 2 after the report when CloudWatch is unreachable, and says so', async () => {
    const nowhere = `http://127.0.0.1:${await freePort('127.0.0.1')}`;
    const args = ['check', '--sandbox', '--target', 'auth.root', '--publish-metrics'];
    const { exitCode, stdout, stderr } = await cli(args, { ...aws(nowhere), AWS_MAX_ATTEMPTS: '1' });
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/\nhealthy · 1 pass\n/);
    expect(stderr).toMatch(/the metrics were not published: .*AWS_REGION/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('reads the key from Secrets Manager, and never shows it', async () => {
    await inSandbox({}, async ({ configuration }) => {
      const keyFile = /file: (.*)/.exec(configuration)?.[1] ?? '';
      const key = await readFile(keyFile, 'utf8');
      const secrets = new SecretsManagerClient({ ...client, endpoint: moto.endpoint });
      await secrets.send(
        new CreateSecretCommand({ Name: 'hokusai/synthetics', SecretString: JSON.stringify({ key }) }),
      );
      secrets.destroy();
      const path = join(folder, 'synthetics.yaml');
      await writeFile(path, configuration.replace(/file: .*/, 'secretsManager: hokusai/synthetics\n    field: key'));
      const { exitCode, stdout, stderr } = await cli(
        ['check', '--config', path, '--format', 'json'],
        aws(moto.endpoint),
      );
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout + stderr).not.toContain(key);
    });
  });
});
