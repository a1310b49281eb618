import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { bundleSizes } from '../../scripts/bundle/sizes.ts';
import { isOpen } from '../../src/incidents/state.ts';
import { critical } from '../functions/widget/states.ts';
import { began, cycleAt, minuteMs, playCycles, times } from '../incidents/cycles.ts';
import { type LambdaFunction, startFunction } from '../setup/lambda-function.ts';
import { describeWith } from '../setup/real-parts.ts';
import { stateTableName, useStateTable } from '../setup/state-table.ts';
import { copyFunction, metafileOf } from '../support/built.ts';

/** Bytes. The client of DynamoDB takes most of them. */
const bundleBudget = 213_000;

const { state } = playCycles(times(3, critical).map((one, minute) => cycleAt(began + minute * minuteMs, [one])));
const [id = ''] = state.tracked.filter(isOpen).map(({ view }) => view.id);

describeWith('moto', 'the function that acknowledges, as it is deployed', () => {
  const runtime = inject('lambdaRuntime');
  const states = useStateTable();
  let folder: string;
  let started: LambdaFunction | null = null;

  const start = async (more: Readonly<Record<string, string>> = {}): Promise<LambdaFunction> => {
    started = await startFunction(runtime, folder, {
      AWS_ENDPOINT_URL: states.gateway.endpoint,
      SYNTHETICS_STATE_TABLE: stateTableName,
      SYNTHETICS_ENVIRONMENT: state.environment,
      ...more,
    });
    return started;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'acknowledge-function-'));
    await copyFunction('acknowledge', folder);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await states.store.save(state, null);
  });
  afterEach(async () => {
    await started?.close();
  });

  test('stores who acknowledged, with one read and one write of the state', async () => {
    const chat = await start();

    const ended = await chat.invoke({ acknowledge: id, by: 'ada', environment: state.environment });

    expect(ended, chat.log()).toMatchObject({ kind: 'response', value: { acknowledged: id } });
    const stored = await states.store.load(state.environment);
    expect(stored?.state.tracked).toMatchObject([{ view: { id, acknowledged: { by: 'ada' } } }]);
    expect(states.gateway.operations).toEqual(['GetItem', 'PutItem']);
    expect(chat.lines()).toContainEqual(
      expect.objectContaining({ level: 'INFO', message: expect.stringContaining(`${id} is acknowledged`) }),
    );
  });

  test.each([
    { title: 'an unknown incident', event: { acknowledge: 'nothing' }, env: {}, says: `is open; open: ${id}` },
    { title: 'an event of a schedule', event: {}, env: {}, says: '{"acknowledge": "ID"} is expected' },
    {
      title: 'no table in its settings',
      event: { acknowledge: id },
      env: { SYNTHETICS_STATE_TABLE: '' },
      says: 'SYNTHETICS_STATE_TABLE names no DynamoDB table',
    },
    {
      title: 'a DynamoDB that does not respond',
      event: { acknowledge: id },
      env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      says: 'DynamoDB does not answer',
    },
  ])('fails with the reason, and its log has it: $title', async ({ event, env, says }) => {
    const chat = await start(env);

    expect(await chat.invoke(event)).toMatchObject({ kind: 'error', errorMessage: expect.stringContaining(says) });
    expect(chat.log()).toContain(says.replaceAll('"', '\\"'));
    expect(states.gateway.operations).not.toContain('PutItem');
  });

  test('is small: no probing, diagnosis, drawing or notification', async () => {
    const metafile = await metafileOf('acknowledge');

    expect(bundleSizes(metafile).sum).toBeLessThanOrEqual(bundleBudget);
    expect(
      Object.keys(metafile.inputs).filter((path) =>
        /^src\/(?!functions\/acknowledge|aws|incidents|model|platform)/.test(path),
      ),
    ).toEqual([]);
  });
});
