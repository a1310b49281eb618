import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type FunctionName, functionNames } from '../../scripts/bundle/lambda.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { type AwsAccount, accountIn, type Mail } from '../setup/aws-account.ts';
import { type AwsGateway, startAwsGateway } from '../setup/aws-gateway.ts';
import { type LambdaFunction, startFunction } from '../setup/lambda-function.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { withAwsAnswering } from '../support/aws-answering.ts';
import { copyFunction } from '../support/built.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { type OneServer, onlyTargets, startOneServer } from '../support/one-server.ts';

const key = 'hk_test_0123456789abcdef0123456789abcdef';
const hookPath = '/services/T0TEST/B0TEST/made-up-secret';
const beatPath = '/ping/made-up-secret';
const table = 'incidents';

interface Topic {
  readonly arn: string;
  readonly received: () => Promise<readonly Mail[]>;
}

describeWith('moto', 'what ships, with AWS at hand', () => {
  const runtime = inject('lambdaRuntime');
  let folder: string;
  let moto: Moto;
  let gateway: AwsGateway;
  let account: AwsAccount;
  let server: OneServer;
  let topics: Readonly<Record<'critical' | 'warning' | 'operational', Topic>>;
  const started: LambdaFunction[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    moto = await startMoto();
    account = accountIn(moto);
    const authority = await Authority.create();
    const names = ['api.hokus.ai', 'auth.hokus.ai', 'localhost'];
    server = await startOneServer(await authority.issue({ names }), ({ url }, response) => {
      if (url.startsWith('/hangs')) return;
      response.writeHead(url.startsWith('/broken') ? 500 : 200).end('ok');
    });
    for (const name of functionNames) {
      await copyFunction(name, join(folder, name));
      await writeFile(join(folder, name, 'ca.pem'), authority.rootPem);
    }
    await writeFile(join(folder, 'ca.pem'), authority.rootPem);
  });
  afterAll(async () => {
    await Promise.all([server.close(), moto.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await moto.reset();
    gateway = await startAwsGateway(moto.endpoint);
    server.heard.length = 0;
    await account.createTable(table);
    topics = {
      critical: await account.createTopic('critical'),
      warning: await account.createTopic('warning'),
      operational: await account.createTopic('operational'),
    };
    await account.createParameter('/hokusai/key', key);
    await account.createParameter('/hokusai/hook', hookUrl());
    await account.createParameter('/hokusai/beat', `https://localhost:${server.port}${beatPath}`);
    await account.createParameter('/hokusai/silent', `https://localhost:${server.port}/hangs/made-up-secret`);
    await account.createSecret('hokusai/key', key);
    await account.createSecret('hokusai/hook', JSON.stringify({ url: hookUrl() }));
  });
  afterEach(async () => {
    const logs = started.map((one) => one.log()).join('');
    await Promise.all(started.splice(0).map((one) => one.close()));
    await gateway.close();
    expect(logs).not.toMatch(/made-up-secret|0123456789abcdef/);
  });

  const hookUrl = (): string => `https://localhost:${server.port}${hookPath}`;

  /** Of an environment in which one thing is critical, one a notice, one silent, and all told at once. */
  const configuration = (more: object = {}): object => ({
    environment: 'test',
    credentials: { apiKey: { ssm: '/hokusai/key' } },
    network: { connectTo: [`:443:127.0.0.1:${server.port}`], caFile: 'ca.pem' },
    limits: { confirmPauseMs: 0 },
    registration: { enabled: false },
    targets: onlyTargets({
      'one.broken': { url: 'https://auth.hokus.ai/broken/one', auth: 'bearer' },
      'two.broken': { url: 'https://api.hokus.ai/broken/two', expect: { contains: 'well' } },
      'three.broken': { url: 'https://api.hokus.ai/broken/three' },
    }),
    incidents: {
      openAtOnce: ['one.broken', 'two.broken', 'three.broken'],
      severity: { 'one.broken': 'critical', 'two.broken': 'critical', 'three.broken': 'critical' },
    },
    notify: {
      topics: Object.fromEntries(Object.entries(topics).map(([name, { arn }]) => [name, arn])),
      webhook: { secretsManager: 'hokusai/hook', field: 'url' },
      dashboard: 'https://hokus.ai/the-dashboard',
      runbook: 'https://hokus.ai/the-runbook',
    },
    ...more,
  });

  const posted = (): readonly string[] => server.heard.filter(({ url }) => url === hookPath).map(({ body }) => body);
  const keysHeard = (): ReadonlySet<string | undefined> =>
    new Set(server.heard.filter(({ url }) => url === '/broken/one').map(({ headers }) => headers.authorization));

  let files = 0;
  const watchOnce = async (more: object = {}, env: Readonly<Record<string, string>> = {}): Promise<CliResult> => {
    files += 1;
    const file = join(folder, `${files}.json`);
    await writeFile(file, JSON.stringify(configuration(more)));
    return run(['watch', '--every', '10s', '--cycles', '1', '--config', file, '--state', `dynamodb:${table}`], env);
  };
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> =>
    cli(args, {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
      ...env,
    });

  test('the command line notifies SNS, a webhook and the terminal once, and stores it in DynamoDB', async () => {
    const first = await watchOnce();
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/critical, opened/);
    expect((await topics.critical.received()).map(({ Subject }) => Subject)).toEqual([
      expect.stringMatching(/^\[critical\] test: .* - opened /),
    ]);
    expect(posted()).toEqual([expect.stringMatching(/\[critical\][\s\S]*the-dashboard/)]);
    expect(keysHeard()).toEqual(new Set([`Bearer ${key}`]));

    const second = await watchOnce();
    expect([second.exitCode, second.stderr]).toEqual([0, '']);
    expect(await topics.critical.received()).toEqual([]);
    expect(posted()).toHaveLength(1);
    const config = join(folder, `${files}.json`);
    const listed = await run(['incidents', '--config', config, '--state', `dynamodb:${table}`]);
    expect(listed.stdout).toMatch(/1 incident open/);
    expect(first.stdout + second.stdout + listed.stdout).not.toMatch(/made-up-secret|0123456789abcdef/);
  });

  test('the command line reads key and webhook from every secret store', async () => {
    await writeFile(join(folder, 'key'), `${key}\n`);
    await writeFile(join(folder, 'hook'), `${hookUrl()}\n`);
    const places = [
      [{ env: 'MY_KEY' }, { env: 'MY_HOOK' }],
      [{ file: 'key' }, { file: 'hook' }],
      [{ secretsManager: 'hokusai/key' }, { secretsManager: 'hokusai/hook', field: 'url' }],
      [{ ssm: '/hokusai/key' }, { ssm: '/hokusai/hook' }],
    ] as const;
    for (const [apiKey, webhook] of places) {
      server.heard.length = 0;
      // Another environment each time, whose incident is new.
      const environment = Object.keys(apiKey)[0];
      const changes = { environment, credentials: { apiKey }, notify: { webhook } };
      const { exitCode, stderr } = await watchOnce(changes, { MY_KEY: key, MY_HOOK: hookUrl() });

      expect([exitCode, stderr], environment).toEqual([0, '']);
      expect(posted(), environment).toHaveLength(1);
      expect(keysHeard(), environment).toEqual(new Set([`Bearer ${key}`]));
    }
  });

  test('a muted incident sends no message, and notices go to their own topic', async () => {
    const { incidents } = configuration() as { readonly incidents: object };
    const mute = [{ target: 'one.broken', until: '2099-01-01T00:00Z' }];
    await watchOnce({
      environment: 'silent',
      targets: onlyTargets({ 'one.broken': { url: 'https://auth.hokus.ai/broken/one' } }),
      incidents: { ...incidents, mute },
    });
    expect(posted()).toEqual([]);
    expect(await topics.critical.received()).toEqual([]);

    const severity = { 'one.broken': 'notice', 'two.broken': 'notice', 'three.broken': 'notice' };
    await watchOnce({ environment: 'noticed', incidents: { ...incidents, severity } });
    expect((await topics.operational.received()).map(({ Subject }) => Subject)).toEqual([
      expect.stringMatching(/^\[notice\] noticed: /),
    ]);
  });

  const start = async (name: FunctionName, env: Readonly<Record<string, string>>): Promise<LambdaFunction> => {
    const made = await startFunction(runtime, join(folder, name), {
      AWS_ENDPOINT_URL: gateway.endpoint,
      SYNTHETICS_STATE_TABLE: table,
      ...env,
    });
    started.push(made);
    return made;
  };

  const configured = (more: object = {}): Readonly<Record<string, string>> => ({
    SYNTHETICS_CONFIG: JSON.stringify(configuration(more)),
  });

  test('the function notifies SNS and a webhook with network.caFile, with secrets from both stores', async () => {
    const probe = await start('probe', configured());

    const ended = await probe.invoke({});

    expect(ended, probe.log()).toMatchObject({ kind: 'response', value: { incidents: [expect.any(String)] } });
    expect(await topics.critical.received()).toHaveLength(1);
    expect(posted()).toHaveLength(1);
    expect(keysHeard()).toEqual(new Set([`Bearer ${key}`]));
  });

  test('the function notifies a webhook that only NODE_EXTRA_CA_CERTS makes trusted', async () => {
    const network = { connectTo: [`:443:127.0.0.1:${server.port}`] };
    const probe = await start('probe', {
      ...configured({ network, notify: { webhook: { ssm: '/hokusai/hook' } } }),
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    });

    expect(await probe.invoke({}), probe.log()).toMatchObject({ kind: 'response' });
    expect(posted()).toHaveLength(1);
  });

  const beats = (): number => server.heard.filter(({ url }) => url === beatPath).length;

  test('the function sends one GET to a dead man’s switch after each published cycle, and none for part of one', async () => {
    const probe = await start('probe', configured({ notify: { heartbeat: { ssm: '/hokusai/beat' } } }));

    expect(await probe.invoke({}), probe.log()).toMatchObject({ kind: 'response' });
    expect(beats()).toBe(1);
    await probe.invoke({});
    expect(beats()).toBe(2);
    await probe.invoke({ targets: ['one.broken'] });
    expect(beats()).toBe(2);
  });

  test.each(['/hokusai/silent', '/hokusai/nowhere'])(
    'a dead man’s switch that cannot be reached fails no cycle, and the log says why: %s',
    async (ssm) => {
      const probe = await start('probe', configured({ notify: { heartbeat: { ssm } } }));

      expect(await probe.invoke({}), probe.log()).toMatchObject({ kind: 'response', value: { verdict: 'failing' } });
      expect(gateway.operations).toContain('PutMetricData');
      expect(probe.lines()).toContainEqual(
        expect.objectContaining({ level: 'ERROR', message: expect.stringMatching(/heartbeat|\/hokusai\/nowhere/) }),
      );
    },
  );

  test('a cycle that does not run sends no heartbeat', async () => {
    const probe = await start('probe', configured({ notify: { heartbeat: { ssm: '/hokusai/beat' } } }));
    const tooShortMs = 5_000;

    expect(await probe.invoke({}, tooShortMs), probe.log()).toMatchObject({ kind: 'error' });
    expect(beats()).toBe(0);
  });

  test('watch sends the heartbeat too, and goes on without it', async () => {
    const notify = { heartbeat: { env: 'BEAT' } };
    const sent = await watchOnce({ notify }, { BEAT: `https://localhost:${server.port}${beatPath}` });
    expect([sent.exitCode, sent.stderr]).toEqual([0, '']);
    expect(beats()).toBe(1);

    const refused = await watchOnce({ notify }, { BEAT: `https://localhost:${server.port}/broken/made-up-secret` });
    expect([refused.exitCode, refused.stderr.trim()]).toEqual([
      0,
      expect.stringMatching(/the heartbeat was not taken: it answers 500$/),
    ]);
  });

  test('two concurrent functions open one incident and send one message', async () => {
    const probes = [await start('probe', configured()), await start('probe', configured())];

    const ended = await Promise.all(probes.map((probe) => probe.invoke({})));

    expect(ended).toMatchObject([{ kind: 'response' }, { kind: 'response' }]);
    expect(await topics.critical.received()).toHaveLength(1);
    expect(posted()).toHaveLength(1);
  });

  test('metrics are not published when they are off', async () => {
    const probe = await start('probe', configured({ metrics: { enabled: false } }));

    expect(await probe.invoke({}), probe.log()).toMatchObject({ kind: 'response' });
    expect(gateway.operations).not.toContain('PutMetricData');
  });

  test('metrics that CloudWatch refuses are in the log, with its own error name', async () => {
    const refusal = { __type: 'com.amazonaws.cloudwatch#AccessDeniedException', message: 'not authorized' };
    const answer = { status: 403, headers: { 'content-type': 'application/json' }, body: JSON.stringify(refusal) };
    await withAwsAnswering(
      () => answer,
      async (endpoint) => {
        const probe = await start('probe', { ...configured(), AWS_ENDPOINT_URL_CLOUDWATCH: endpoint });
        expect(await probe.invoke({}), probe.log()).toMatchObject({ kind: 'response' });
        expect(probe.log()).toMatch(/"name":"AccessDeniedException"[\s\S]*"_aws":/);
      },
    );
  });

  test.each([
    ['AWS_RETRY_MODE', 'adaptive'],
    ['AWS_DEFAULTS_MODE', 'auto'],
    ['POWERTOOLS_LOGGER_SAMPLE_RATE', '1'],
  ])('a function does the same with %s=%s in its environment', async (name, value) => {
    const probe = await start('probe', { ...configured(), [name]: value });

    expect(await probe.invoke({}), probe.log()).toMatchObject({ kind: 'response', value: { verdict: 'failing' } });
    expect(gateway.operations).toContain('PutMetricData');
    expect(probe.log()).not.toMatch(/not in this bundle/);
    expect(await topics.critical.received()).toHaveLength(1);
  });

  const events: Readonly<Record<FunctionName, unknown>> = {
    probe: {},
    'deploy-hook': { DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'an-execution' },
    widget: { widgetContext: {} },
    acknowledge: { acknowledge: '20261121-0257-registry' },
  };

  test.each(functionNames)(
    'even with NODE_TLS_REJECT_UNAUTHORIZED=0, no credentials go to a server without a trusted certificate: %s',
    async (name) => {
      const made = await start(name, {
        ...configured({
          credentials: { apiKey: 'none' },
          notify: {},
          incidents: {},
          network: {},
          targets: onlyTargets({}),
        }),
        AWS_ENDPOINT_URL: `https://localhost:${server.port}`,
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      });

      await made.invoke(events[name], 20_000);

      expect(server.heard, made.log()).toEqual([]);
      expect(made.log()).toMatch(/UNABLE_TO_|self-signed|unable to (get|verify)/i);
    },
  );
});
