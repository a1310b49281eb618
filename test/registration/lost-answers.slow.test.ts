import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StepId } from '../../src/platform/flow-steps.ts';
import { type Meddle, type Registry, startRegistry, stepOf, stepTroubles } from './platform.ts';

let registry: Registry;

beforeEach(async () => {
  registry = await startRegistry();
});

afterEach(() => registry.close());

const nothing = { models: [], versions: 0, runs: [], loggedModels: 0 };

/** Meddles with the first request of this kind only. */
const once = (method: string, ending: string, meddling: ReturnType<Meddle>): Meddle => {
  let done = false;
  return (asked, path) => {
    if (done || asked !== method || !(path.split('?')[0] ?? '').endsWith(ending)) return 'pass';
    done = true;
    return meddling;
  };
};

const making: readonly (readonly [StepId, string])[] = [
  ['create-run', '/runs/create'],
  ['create-logged-model', '/logged-models'],
  ['create-registered-model', '/registered-models/create'],
  ['create-version-from-run', '/model-versions/create'],
];

describe('a response that is lost after the work was done', () => {
  it.each(making)('%s: the created object is found and used, and never created twice', async (step, path) => {
    const asked: string[] = [];
    const meddle = once('POST', path, 'lose-answer');
    const flow = await registry.run((method, url) => {
      if (method === 'POST' && url.endsWith(path)) asked.push(url);
      return meddle(method, url);
    });
    expect(stepOf(flow, step)).toMatchObject({ status: 'degraded', failureMode: 'connection-closed' });
    expect(stepTroubles(flow)).toHaveLength(1);
    // The two versions are asked for by one route, once each.
    expect(asked).toHaveLength(path === '/model-versions/create' ? 2 : 1);
    expect(await registry.contents()).toEqual(nothing);
  });

  it.each(making)(
    '%s: when the search fails too, the first failure is the evidence, and the clean-up still runs',
    async (step, path) => {
      const lose = once('POST', path, 'lose-answer');
      let blind = false;
      const flow = await registry.run((method, url) => {
        const meddling = lose(method, url);
        if (meddling !== 'pass') {
          blind = true;
          return meddling;
        }
        // The one look that follows fails as well.
        if (!blind) return 'pass';
        blind = false;
        return 'lose-answer';
      });
      expect(stepOf(flow, step)).toMatchObject({ status: 'fail', failureMode: 'connection-closed' });
      expect(flow.facts.firstFailure).toBe(step);
      expect(flow.cleanup.leftBehind).toEqual([]);
      expect(await registry.contents()).toEqual(nothing);
    },
  );
});

describe('a late server', () => {
  it.each([
    ['create-run', '/runs/create'],
    ['create-registered-model', '/registered-models/create'],
  ] as const)('%s: an object that appears after the time-out is cleaned up as well', async (step, path) => {
    const flow = await registry.run(once('POST', path, { lateMs: 1_500 }), { limits: { decisiveMs: 500 } });
    expect(stepOf(flow, step)).toMatchObject({ status: 'fail', failureMode: 'response-timeout' });
    expect(flow.cleanup.leftBehind).toEqual([]);
    // Looked for until it was there: nothing is left for the sweeper.
    expect(await registry.contents()).toEqual(nothing);
  });
});

describe('deletions that fail through the proxy, although MLflow’s own route deletes', () => {
  const throughProxy = (meddling: ReturnType<Meddle>): Meddle => {
    return (method, path) => (method === 'DELETE' && path.startsWith('/api/mlflow/') ? meddling : 'pass');
  };

  it.each([
    { how: 'hang', meddling: 'hang', mode: 'response-timeout' },
    { how: 'are cut off', meddling: 'lose-answer', mode: 'connection-closed' },
  ] as const)('that $how fail the flow: users delete by this way', async ({ meddling, mode }) => {
    const flow = await registry.run(throughProxy(meddling), { limits: { decisiveMs: 500 } });

    expect(stepOf(flow, 'prove-deletion')).toMatchObject({ status: 'fail', failureMode: mode });
    expect(flow.status).toBe('fail');
    expect(await registry.contents()).toEqual(nothing);
  });

  it('that lose the body, as the platform’s proxy always did, are no failure', async () => {
    const flow = await registry.run(throughProxy('lose-body'));

    expect(flow.status).toBe('pass');
  });

  it('a flow that never came to its first write because requests were lost is not called slow', async () => {
    const flow = await registry.run(throughProxy('hang'), { limits: { decisiveMs: 4_000 }, deadlineMs: 5_000 });

    expect(flow.steps.map(({ failureMode }) => failureMode)).not.toContain('slow');
    expect(['fail', 'inconclusive']).toContain(flow.status);
  });
});
