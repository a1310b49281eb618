import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Meddle, type Registry, startRegistry, stepOf } from './platform.ts';

let registry: Registry;

beforeEach(async () => {
  registry = await startRegistry();
});

afterEach(() => registry.close());

const nothing = { models: [], versions: 0, runs: [], loggedModels: 0 };
const later = { clockMs: 2 * 3_600_000 };

const withProblem =
  (status: number): RequestListener =>
  (_request, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify({ title: 'Refused', status, detail: 'Not here' }));

/** Responds to these requests in MLflow's place. */
const responding =
  (...rules: readonly (readonly [RegExp, number])[]): Meddle =>
  (method, path) => {
    const rule = rules.find(([pattern]) => pattern.test(`${method} ${path}`));
    return rule === undefined ? 'pass' : { answer: withProblem(rule[1]) };
  };

/** Flask's own page: MLflow 2 has no such route. */
const ofOlderMlflow: RequestListener = (_request, response) =>
  void response
    .writeHead(404, { 'content-type': 'text/html; charset=utf-8' })
    .end(
      '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n',
    );

const loggedModelsSearch = /\/logged-models\/search/;
const noted = { status: 'degraded', failureMode: 'cleanup-failed' };

describe('a creation that was refused leaves nothing behind, even if nothing can be listed', () => {
  it.each([
    { step: 'create-run', rules: [[/POST .*\/runs\/(create|search)/, 403]] },
    { step: 'create-logged-model', rules: [[/\/logged-models/, 404]] },
    { step: 'create-logged-model', rules: [[/\/logged-models/, 403]] },
    {
      step: 'create-logged-model',
      rules: [
        [loggedModelsSearch, 500],
        [/\/logged-models/, 429],
      ],
    },
    { step: 'create-registered-model', rules: [[/\/registered-models\/(create|get)/, 403]] },
  ] as const)('$step: $rules', async ({ step, rules }) => {
    const flow = await registry.run(responding(...rules));
    expect(stepOf(flow, step).status).toBe('fail');
    expect(flow.cleanup).toMatchObject({ status: 'pass', leftBehind: [] });
    expect(await registry.contents()).toEqual(nothing);
  });
});

describe('logged models that cannot be listed', () => {
  it.each([404, 500])('%d: the one that was created is deleted by its id, and its run with it', async (status) => {
    const flow = await registry.run(responding([loggedModelsSearch, status]));
    expect(flow.cleanup).toMatchObject({ status: 'pass', leftBehind: [] });
    expect(await registry.contents()).toEqual(nothing);
  });

  it('keep their run if one may exist that nothing else leads to, until a sweep can list them', async () => {
    const flow = await registry.run((method, path) => {
      if (method === 'POST' && path.endsWith('/logged-models')) return 'lose-answer';
      return loggedModelsSearch.test(path) ? { answer: withProblem(500) } : 'pass';
    });
    expect(flow.cleanup).toMatchObject(noted);
    expect(flow.cleanup.leftBehind.map(({ thing }) => thing)).toEqual(['logged-model', 'run']);
    const { left } = await registry.sweep(false, later);
    expect(left).toEqual([]);
    expect(await registry.contents()).toEqual(nothing);
  });

  it('do not exist on an MLflow that says so', async () => {
    const flow = await registry.run((method, path) => {
      if (loggedModelsSearch.test(path)) return { answer: withProblem(504) };
      return method === 'POST' && path.endsWith('/logged-models') ? { answer: ofOlderMlflow } : 'pass';
    });
    expect(stepOf(flow, 'create-logged-model').status).toBe('skipped');
    expect(flow.cleanup).toMatchObject({ status: 'pass', leftBehind: [] });
    expect(await registry.contents()).toEqual(nothing);
  });

  it('do not keep the run of a killed flow where no such route exists', async () => {
    const lost = await registry.run((method, path) =>
      method === 'POST' && path.endsWith('/runs/delete') ? { answer: withProblem(500) } : 'pass',
    );
    expect(lost.cleanup.leftBehind.map(({ thing }) => thing)).toEqual(['run']);
    await registry.sweep(false, later, responding([/\/logged-models/, 404]));
    expect(await registry.contents()).toEqual(nothing);
  });
});

it('a run whose creation failed with an unknown result is named if it cannot be searched', async () => {
  const flow = await registry.run(responding([/POST .*\/runs\/(create|search)/, 500]));
  expect(flow.cleanup).toMatchObject(noted);
  expect(flow.cleanup.leftBehind).toEqual([{ thing: 'run', id: expect.stringMatching(/^of flow /) }]);
});

describe('a platform that loses tags', () => {
  const untagged = (run: unknown) => ({ ...(run as object), data: { tags: [] } });
  const losesTags: Meddle = (method, path) => {
    if (method === 'POST' && path.endsWith('/runs/search')) return { alter: () => ({ runs: [] }) };
    if (!/\/runs\/(create|get)/.test(path)) return 'pass';
    return { alter: (answer) => ({ ...answer, run: untagged(answer['run']) }) };
  };

  it('the run that was created is said to be left behind', async () => {
    const flow = await registry.run(losesTags);
    expect(stepOf(flow, 'create-run').evidence.summary).toContain("does not carry this flow's tag");
    expect(flow.cleanup).toMatchObject({
      ...noted,
      leftBehind: [{ thing: 'run', id: expect.stringMatching(/^of flow /) }],
    });
    expect((await registry.contents()).runs).toHaveLength(1);
  });
});
