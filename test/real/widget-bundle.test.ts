import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Metafile } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { bundleSizes } from '../../scripts/bundle/sizes.ts';
import { awsLimits } from '../../src/aws/limits.ts';
import type { State } from '../../src/incidents/state.ts';
import { contextOf, read } from '../functions/widget/asking.ts';
import { critical } from '../functions/widget/states.ts';
import { cycleAt, minuteMs, playCycles, times } from '../incidents/cycles.ts';
import { type LambdaFunction, startFunction } from '../setup/lambda-function.ts';
import { endlessWays, startMisbehaving } from '../setup/misbehaving.ts';
import { describeWith } from '../setup/real-parts.ts';
import { stateTableName, useStateTable } from '../setup/state-table.ts';
import { copyFunction, metafileOf } from '../support/built.ts';

const bundleBudget = 300_000;
/** As in the template. */
const timeoutMs = 10_000;

/** Twelve minutes of an incident that goes on. */
const ongoing = (): State => {
  const began = Date.now() - 12 * minuteMs;
  return playCycles(times(12, critical).map((one, minute) => cycleAt(began + minute * minuteMs, [one]))).state;
};

describeWith('moto', 'the dashboard’s widget as it is deployed', () => {
  const runtime = inject('lambdaRuntime');
  const states = useStateTable();
  let folder: string;
  let metafile: Metafile;
  const started: LambdaFunction[] = [];

  const start = async (more: Readonly<Record<string, string>> = {}): Promise<LambdaFunction> => {
    const made = await startFunction(runtime, folder, {
      AWS_ENDPOINT_URL: states.gateway.endpoint,
      SYNTHETICS_STATE_TABLE: stateTableName,
      SYNTHETICS_ENVIRONMENT: 'development',
      SYNTHETICS_CYCLE_MINUTES: '1',
      ...more,
    });
    started.push(made);
    return made;
  };

  const htmlOf = async (widget: LambdaFunction, event: unknown = contextOf()): Promise<string> => {
    const ended = await widget.invoke(event);
    expect(ended, widget.log()).toMatchObject({ kind: 'response', value: expect.any(String) });
    return ended.kind === 'response' ? String(ended.value) : '';
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'widget-function-'));
    await copyFunction('widget', folder);
    metafile = await metafileOf('widget');
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((one) => one.close()));
  });

  test('shows the stored incident and its details, links to itself, and reads one item from DynamoDB each time', async () => {
    await states.store.save(ongoing(), null);
    const widget = await start();

    const html = await htmlOf(widget);
    const [, endpoint = '', payload = ''] = /<cwdb-action [^>]*endpoint="([^"]+)">([^<]+)</.exec(html) ?? [];
    const details = await htmlOf(widget, { ...JSON.parse(payload), ...contextOf() });

    expect(read(html)).toMatch(/^✗ Registration is broken: API cannot find MLflow \(90 %\) since .*\(\d+ min\)/);
    expect(endpoint).toMatch(/^arn:aws:lambda:/);
    expect(read(details)).toContain('registration.create-run ✗ upstream-unreachable');
    expect(states.gateway.operations).toEqual(['GetItem', 'GetItem']);
    expect(states.gateway.connections()).toBe(1);
  });

  test('describes itself without any request', async () => {
    expect(await htmlOf(await start(), { describe: true })).toMatch(/^## Can people register models now/);
    expect(states.gateway.operations).toEqual([]);
  });

  test('says that nothing is known when the table has no item or an unreadable one', async () => {
    const widget = await start();
    expect(read(await htmlOf(widget))).toMatch(/^\? Nothing is known yet: no cycle has been tracked/);

    const item = { environment: { S: 'development' }, version: { N: '1' }, state: { S: '{' } };
    await states.client.send(new PutItemCommand({ TableName: stateTableName, Item: item }));
    expect(read(await htmlOf(widget))).toMatch(/^\? Nothing is known: the incidents cannot be read .* is not JSON/);
  });

  test.each([
    {
      title: 'a missing table',
      environment: { SYNTHETICS_STATE_TABLE: 'nowhere' },
      says: /there is no such table in this account/,
    },
    {
      title: 'no table in its settings',
      environment: { SYNTHETICS_STATE_TABLE: '' },
      says: /SYNTHETICS_STATE_TABLE of this function names no DynamoDB table/,
    },
    {
      title: 'a DynamoDB that does not respond',
      environment: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      says: /DynamoDB does not answer/,
    },
  ])('shows the problem in the widget and in its log: $title', async ({ environment, says }) => {
    const widget = await start(environment);

    const text = read(await htmlOf(widget));

    expect(text).toMatch(/^\? Nothing is known: the incidents cannot be read/);
    expect(text).toMatch(says);
    expect(widget.lines()).toContainEqual(
      expect.objectContaining({ level: 'ERROR', message: expect.stringMatching(says) }),
    );
  });

  test('reports after two attempts that DynamoDB accepts and stays silent', async () => {
    let connections = 0;
    const silent = createServer(() => {
      connections += 1;
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      const { port } = silent.address() as AddressInfo;
      const widget = await start({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });

      const ended = await widget.invoke(contextOf());

      expect(ended, widget.log()).toMatchObject({ kind: 'response', value: expect.any(String) });
      expect(ended.kind === 'response' ? read(String(ended.value)) : '').toContain('DynamoDB does not answer in time');
      expect(connections).toBe(awsLimits.attempts);
    } finally {
      silent.close();
    }
  });

  test.each(endlessWays)('reports in time that DynamoDB %s', async (way) => {
    const ill = await startMisbehaving({ way, upstream: states.moto.endpoint, certificate: null });
    try {
      const widget = await start({ AWS_ENDPOINT_URL: `http://127.0.0.1:${ill.port}` });

      const ended = await widget.invoke(contextOf(), timeoutMs);

      expect(ended, widget.log()).toMatchObject({ kind: 'response', value: expect.any(String) });
      expect(ended.kind === 'response' ? read(String(ended.value)) : '').toMatch(
        /^\? Nothing is known: the incidents cannot be read.*DynamoDB/,
      );
    } finally {
      await ill.close();
    }
  });

  test('has at most 300 KB of code, and contains no probing, diagnosis or notifications', () => {
    expect(bundleSizes(metafile).sum).toBeLessThanOrEqual(bundleBudget);
    expect(
      Object.keys(metafile.inputs).filter((path) =>
        /^src\/(?!functions\/widget|aws|incidents|model|platform|report|wording)\w+/.test(path),
      ),
    ).toEqual([]);
  });
});
