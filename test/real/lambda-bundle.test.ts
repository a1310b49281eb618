import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Metafile } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import { bundleSizes } from '../../scripts/bundle/sizes.ts';
import { lambdaLimits } from '../../src/functions/probe/limits.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { type AwsGateway, startAwsGateway } from '../setup/aws-gateway.ts';
import { type LambdaFunction, roleCredentials, startFunction } from '../setup/lambda-function.ts';
import { keptByLambda } from '../setup/lambda-log-level.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { copyFunction, metafileOf } from '../support/built.ts';

const key = 'hk_test_0123456789abcdef0123456789abcdef';
/**
 * Bytes. Of them, 7 KB read the responses that undici refuses and other clients take (probe/lenient), and 2 KB the words of balancers
 * and languages about TLS, and of APIs about a missing key; 3 KB tell faults on several hosts and at one of several tasks apart.
 */
const bundleBudget = 822_000;
/** Bytes of the code that is loaded only when AWS is asked which cause it is. */
const confirmBudget = 68_000;

/** The key that the platform accepts, and every key that it was sent. */
const accepted = { key, seen: [] as string[] };

/** The platform: one host, a path for each behaviour. */
const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  '/ok': (_, response) => response.end('ok'),
  '/keyed': ({ headers }, response) => {
    response.statusCode = headers.authorization === `Bearer ${key}` ? 200 : 401;
    response.end('{"detail":"API key required"}');
  },
  '/rotated': ({ headers }, response) => {
    accepted.seen.push(headers.authorization ?? '');
    if (headers.authorization === `Bearer ${accepted.key}`) return void response.end('ok');
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"detail":"Invalid or expired API key"}');
  },
  '/posted': async (request, response) => {
    response.end(JSON.stringify({ received: await text(request) }));
  },
  '/echo': ({ headers }, response) => {
    response.writeHead(500, { 'content-type': 'application/json', 'x-echo': headers.authorization ?? '' });
    response.end(JSON.stringify({ detail: `failed for ${headers.authorization}` }));
  },
  '/hangs': () => {},
  '/version': (_, response) => response.end('2.9.2'),
};

const notFound = (_: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"detail":"Not Found"}');
};

const targets = {
  'my.ok': { url: 'https://registry.hokus.ai/ok', expect: { equals: 'ok' } },
  'my.keyed': { url: 'https://registry.hokus.ai/keyed', auth: 'bearer' },
  'my.rotated': { url: 'https://registry.hokus.ai/rotated', auth: 'bearer' },
  'my.posted': {
    url: 'https://registry.hokus.ai/posted',
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'hello',
    expect: { equals: '{"received":"hello"}' },
  },
  'my.echo': { url: 'https://registry.hokus.ai/echo', auth: 'bearer' },
  'my.hangs': { url: 'https://registry.hokus.ai/hangs', timeoutMs: 30_000 },
};

describeWith('moto', 'the function as it is deployed', () => {
  const runtime = inject('lambdaRuntime');
  let folder: string;
  let metafile: Metafile;
  let moto: Moto;
  let gateway: AwsGateway;
  let platform: Server;
  let connectTo: string;
  let environment: Readonly<Record<string, string>>;
  const started: LambdaFunction[] = [];

  const configuration = (apiKey: object): object => ({
    environment: 'test',
    credentials: { apiKey },
    network: { connectTo: [connectTo], caFile: 'ca.pem' },
    targets,
  });
  const inSecretsManager = { secretsManager: 'hokusai/synthetics', field: 'key' };

  const start = async (more: Readonly<Record<string, string>> = {}): Promise<LambdaFunction> => {
    const made = await startFunction(runtime, folder, { ...environment, ...more });
    started.push(made);
    return made;
  };

  const aws = () => ({
    endpoint: moto.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });

  const publishedMetrics = async (): Promise<ReadonlySet<string>> => {
    const { Metrics = [] } = await new CloudWatchClient(aws()).send(
      new ListMetricsCommand({ Namespace: 'Hokusai/Synthetics' }),
    );
    return new Set(Metrics.map(({ MetricName }) => MetricName ?? ''));
  };

  const invoked = (operation: string): number => gateway.operations.filter((one) => one === operation).length;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'probe-function-'));
    await copyFunction('probe', folder);
    [metafile, moto] = await Promise.all([metafileOf('probe'), startMoto()]);
    const authority = await Authority.create();
    const { chain, key: privateKey } = await authority.issue({ names: ['registry.hokus.ai'] });
    platform = createServer({ cert: chain, key: privateKey }, (request, response) => {
      (answers[request.url ?? ''] ?? notFound)(request, response);
    }).listen(0, '127.0.0.1');
    await once(platform, 'listening');
    connectTo = `registry.hokus.ai:443:127.0.0.1:${(platform.address() as AddressInfo).port}`;
    await writeFile(join(folder, 'ca.pem'), authority.rootPem);
    await writeFile(join(folder, 'synthetics.yaml'), stringify(configuration(inSecretsManager)));
  });
  afterAll(async () => {
    platform.closeAllConnections();
    platform.close();
    await moto.close();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await moto.reset();
    gateway = await startAwsGateway(moto.endpoint);
    environment = { AWS_ENDPOINT_URL: gateway.endpoint, SYNTHETICS_CONFIG_FILE: 'synthetics.yaml' };
    await new SecretsManagerClient(aws()).send(
      new CreateSecretCommand({ Name: inSecretsManager.secretsManager, SecretString: JSON.stringify({ key }) }),
    );
  });
  afterEach(async () => {
    const logs = started.map((one) => one.log());
    await Promise.all(started.splice(0).map((one) => one.close()));
    await gateway.close();
    // Whatever happened: neither the platform's key nor the function's own credentials are in the log.
    for (const secret of [key.slice('hk_test_'.length), ...Object.values(roleCredentials)]) {
      expect(logs.join('')).not.toContain(secret);
    }
  });

  test('a healthy cycle returns healthy, and its metrics are in CloudWatch', async () => {
    const probe = await start();

    const ended = await probe.invoke({ targets: ['my.ok', 'my.keyed', 'my.posted', 'registry.certificate'] });

    expect(ended, probe.log()).toMatchObject({ kind: 'response', value: { verdict: 'healthy', failing: [] } });
    // A part of a host's targets gives no share of the host.
    expect(await publishedMetrics()).toEqual(
      new Set(['Heartbeat', 'CycleDuration', 'TargetsFailing', 'CertificateDaysLeft']),
    );
    expect(probe.lines()).toContainEqual(
      expect.objectContaining({
        level: 'INFO',
        message: 'test is healthy: 4 pass',
        service: 'hokusai-synthetics',
        verdict: 'healthy',
        metrics: 'cloudwatch',
      }),
    );
  });

  test('a whole cycle probes exactly the targets in `only`, of every kind', async () => {
    const own = {
      only: ['my.ok', 'my.version', 'my.certificate'],
      'my.ok': targets['my.ok'],
      'my.version': { url: 'https://registry.hokus.ai/version', expect: { version: '2.9.2' } },
      'my.certificate': { kind: 'tls', name: 'registry.hokus.ai' },
    };
    const text = JSON.stringify({ ...configuration(inSecretsManager), targets: own });
    const probe = await start({ SYNTHETICS_CONFIG_FILE: '', SYNTHETICS_CONFIG: text });

    const ended = await probe.invoke({});

    expect(ended, probe.log()).toMatchObject({ kind: 'response', value: { verdict: 'healthy', failing: [] } });
    expect(probe.lines()).toContainEqual(
      expect.objectContaining({ message: 'test is healthy: 3 pass', registration: 'off' }),
    );
  });

  test('a failing platform is a result, not a failed invocation: one log line per failing target, with evidence', async () => {
    const probe = await start();

    const ended = await probe.invoke({ targets: ['my.ok', 'my.echo'] });

    expect(ended).toMatchObject({ kind: 'response', value: { verdict: 'failing', failing: ['my.echo'] } });
    const warnings = probe.lines().filter(({ level }) => level === 'WARN');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({
      target: 'my.echo',
      failureMode: 'server-error',
      httpStatus: 500,
      evidence: { body: expect.stringContaining('failed for') },
    });
    expect(await publishedMetrics()).toContain('TargetFailure');
  });

  test('a schedule’s own event runs a whole cycle and publishes with one request, however much fails', async () => {
    const everythingHere = {
      ...configuration({ env: 'HOKUSAI_API_KEY' }),
      network: { connectTo: [connectTo.replace(/^.*:443/, ':')], caFile: 'ca.pem' },
    };
    const probe = await start({
      SYNTHETICS_CONFIG_FILE: '',
      SYNTHETICS_CONFIG: JSON.stringify({ ...everythingHere, targets: {} }),
      HOKUSAI_API_KEY: key,
    });

    const ended = await probe.invoke({
      version: '0',
      source: 'aws.scheduler',
      'detail-type': 'Scheduled Event',
      detail: '{}',
    });

    expect(ended).toMatchObject({ kind: 'response', value: { verdict: 'failing' } });
    const whole = probe.lines().find(({ message }) => String(message).startsWith('test is failing'));
    expect(whole?.['targets']).toBeGreaterThan(30);
    expect(gateway.operations).toEqual(['PutMetricData']);
  });

  test('warm invocations read the secret once, reuse one connection to CloudWatch, and publish with one request each', async () => {
    const probe = await start();

    for (let cycle = 0; cycle < 3; cycle += 1) {
      expect(await probe.invoke({ targets: ['my.keyed'] })).toMatchObject({ value: { verdict: 'healthy' } });
    }

    expect(invoked('GetSecretValue')).toBe(1);
    expect(invoked('PutMetricData')).toBe(3);
    // One by the client of Secrets Manager, one by that of CloudWatch.
    expect(gateway.connections()).toBe(2);
  });

  test('results are published before the time-out, and hanging targets are inconclusive', async () => {
    const probe = await start();

    await probe.invoke({ targets: ['my.ok'] });
    await moto.reset();

    const ended = await probe.invoke({ targets: ['my.ok', 'my.hangs'] }, lambdaLimits.publishReserveMs + 2_500);

    expect(ended, probe.log()).toMatchObject({ kind: 'response', value: { verdict: 'inconclusive', failing: [] } });
    expect(probe.lines()).toContainEqual(
      expect.objectContaining({ inconclusive: ['my.hangs'], metrics: 'cloudwatch' }),
    );
    expect(await publishedMetrics()).toContain('Heartbeat');
  });

  test('the key is in no log line, at any log level, whatever the platform echoes', async () => {
    const probe = await start({
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
      POWERTOOLS_LOGGER_LOG_EVENT: 'true',
    });

    await probe.invoke({ targets: ['my.echo', 'my.keyed'] });
    const refused = await probe.invoke({ apiKey: key });

    expect(probe.log()).toContain('my.echo fails');
    expect(refused).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringContaining('fields that mean nothing here: apiKey'),
    });
  });

  test.each(['INFO', 'WARN', 'ERROR'])(
    'the metrics reach the log with LogLevel %s when CloudWatch refuses them, and the invocation succeeds',
    async (level) => {
      const probe = await start({ AWS_ENDPOINT_URL_CLOUDWATCH: 'http://127.0.0.1:9', AWS_LAMBDA_LOG_LEVEL: level });

      const ended = await probe.invoke({ targets: ['my.ok'] });

      expect(ended).toMatchObject({ kind: 'response', value: { verdict: 'healthy' } });
      const kept = probe.lines().filter((line) => keptByLambda(line, level));
      expect(kept).toContainEqual(
        expect.objectContaining({
          Environment: 'test',
          Heartbeat: 1,
          _aws: expect.objectContaining({ CloudWatchMetrics: expect.anything() }),
        }),
      );
      expect(kept.filter((line) => '_aws' in line)).toEqual(probe.lines().filter((line) => '_aws' in line));
      expect(kept).toContainEqual(
        expect.objectContaining({
          level: 'ERROR',
          message: expect.stringContaining('CloudWatch did not take the metrics'),
        }),
      );
    },
  );

  test('a rotated key is no outage: the cycle starts again with the new one, which later cycles keep', async () => {
    const probe = await start();
    accepted.key = key;
    const before = await probe.invoke({ targets: ['my.rotated'] });
    accepted.key = 'hk_test_rotated_0123456789abcdef';
    await new SecretsManagerClient(aws()).send(
      new PutSecretValueCommand({
        SecretId: inSecretsManager.secretsManager,
        SecretString: JSON.stringify({ key: accepted.key }),
      }),
    );

    const after = [await probe.invoke({ targets: ['my.rotated'] }), await probe.invoke({ targets: ['my.rotated'] })];

    for (const ended of [before, ...after]) {
      expect(ended, probe.log()).toMatchObject({ kind: 'response', value: { verdict: 'healthy', failing: [] } });
    }
    expect(invoked('GetSecretValue')).toBe(2);
    expect(probe.lines().filter(({ message }) => String(message).includes('its store has a new one'))).toHaveLength(1);
    expect(probe.log()).not.toContain(accepted.key.slice('hk_test_'.length));
  });

  test('a rejected key without a successor is read once more in each cycle, and no request is repeated', async () => {
    const probe = await start();
    accepted.key = 'hk_test_another_0123456789abcdef';
    accepted.seen.length = 0;

    const ended = await probe.invoke({ targets: ['my.rotated'] });

    expect(ended, probe.log()).toMatchObject({ kind: 'response', value: { failing: ['my.rotated'] } });
    expect(invoked('GetSecretValue')).toBe(2);
    const requestsPerCycle = accepted.seen.length;
    await probe.invoke({ targets: ['my.rotated'] });
    expect(invoked('GetSecretValue')).toBe(3);
    expect(accepted.seen.length).toBe(2 * requestsPerCycle);
  });

  test('configuration and key can come from the parameter store', async () => {
    const parameters = new SSMClient(aws());
    await parameters.send(new PutParameterCommand({ Name: '/hokusai/key', Value: key, Type: 'SecureString' }));
    await parameters.send(
      new PutParameterCommand({
        Name: '/hokusai/configuration',
        Value: stringify(configuration({ ssm: '/hokusai/key' })),
        Type: 'String',
      }),
    );
    const probe = await start({ SYNTHETICS_CONFIG_FILE: '', SYNTHETICS_CONFIG_SSM: '/hokusai/configuration' });

    const first = await probe.invoke({ targets: ['my.keyed'] });
    const second = await probe.invoke({ targets: ['my.keyed'] });

    expect([first, second], probe.log()).toMatchObject([
      { value: { verdict: 'healthy' } },
      { value: { verdict: 'healthy' } },
    ]);
    expect(invoked('GetParameter')).toBe(2);
  });

  test('the configuration can come from the environment', async () => {
    const probe = await start({
      SYNTHETICS_CONFIG_FILE: '',
      SYNTHETICS_CONFIG: JSON.stringify(configuration({ env: 'HOKUSAI_API_KEY' })),
      HOKUSAI_API_KEY: key,
    });

    expect(await probe.invoke({ targets: ['my.keyed'] }), probe.log()).toMatchObject({ value: { verdict: 'healthy' } });
    expect(gateway.operations).toEqual(['PutMetricData']);
  });

  const monitorFailures: readonly {
    readonly what: string;
    readonly with?: Readonly<Record<string, string>>;
    readonly event?: unknown;
    readonly timeoutMs?: number;
    readonly says: RegExp;
  }[] = [
    {
      what: 'a secret that does not exist',
      with: {
        SYNTHETICS_CONFIG_FILE: '',
        SYNTHETICS_CONFIG: '{"credentials":{"apiKey":{"secretsManager":"nowhere"}}}',
      },
      says: /secret nowhere .*ResourceNotFoundException/,
    },
    {
      what: 'a missing key for a target that needs one',
      with: { SYNTHETICS_CONFIG_FILE: '', SYNTHETICS_CONFIG: '{"credentials":{"apiKey":"none"}}' },
      event: { targets: ['auth.validate-bearer'] },
      says: /sets no key.*auth\.validate-bearer/,
    },
    {
      what: 'a missing configuration parameter',
      with: { SYNTHETICS_CONFIG_FILE: '', SYNTHETICS_CONFIG_SSM: '/nowhere' },
      says: /SSM parameter \/nowhere cannot be read: ParameterNotFound/,
    },
    {
      what: 'an invalid configuration',
      with: { SYNTHETICS_CONFIG_FILE: '', SYNTHETICS_CONFIG: '{"enviroment":"test"}' },
      says: /enviroment/,
    },
    { what: 'a missing configuration', with: { SYNTHETICS_CONFIG_FILE: 'other.yaml' }, says: /other\.yaml/ },
    {
      what: 'two configurations at once',
      with: { SYNTHETICS_CONFIG: '{}' },
      says: /Only one of SYNTHETICS_CONFIG, SYNTHETICS_CONFIG_FILE can be set/,
    },
    {
      what: 'an unknown target',
      event: { targets: ['my.ok', 'registry.helth'] },
      says: /selects unknown targets: registry\.helth/,
    },
    { what: 'an event of another kind', event: 'go', says: /an event of this kind: a string/ },
    {
      what: 'a time-out too short for a cycle',
      timeoutMs: 5_000,
      event: { targets: ['my.ok'] },
      says: /longer time-out/,
    },
  ];

  test.each(monitorFailures)('$what fails the invocation with a reason, and sends no heartbeat', async (failure) => {
    const probe = await start(failure.with);

    const ended = await probe.invoke(failure.event ?? {}, failure.timeoutMs);

    expect(ended, probe.log()).toMatchObject({ kind: 'error', errorMessage: expect.stringMatching(failure.says) });
    expect(invoked('PutMetricData')).toBe(0);
  });

  test('the code is at most 822 KB, loads little at start, and contains no sandbox', () => {
    const { entry, sum, parts } = bundleSizes(metafile);

    const confirm = parts.find(([name]) => name === 'src/confirm')?.[1] ?? 0;

    expect(sum - confirm).toBeLessThanOrEqual(bundleBudget);
    expect(confirm).toBeLessThanOrEqual(confirmBudget);
    expect(entry).toBeLessThanOrEqual(bundleBudget / 10);
    expect(Object.keys(metafile.inputs).filter((path) => /^src\/(sandbox|cli|drill)\//.test(path))).toEqual([]);
  });
});
