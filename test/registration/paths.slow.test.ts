import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepId } from '../../src/platform/flow-steps.ts';
import { put, runAltered, type Where } from './hostile.ts';
import { type Registry, startRegistry, stepOf } from './platform.ts';

let registry: Registry;

beforeAll(async () => {
  registry = await startRegistry();
  // It makes the experiment, which the next ones find.
  await registry.run();
});

afterAll(() => registry.close());

const nothing = { models: [], versions: 0, runs: [], loggedModels: 0 };

/** What no part of a path may be, in one of the ways in which servers and proxies read it. */
const evil = [
  '..',
  '../registered-models/delete',
  '%2e%2e/registered-models/delete',
  '..%2fregistered-models%2fdelete',
  '%252e%252e%252fx',
  '..\\registered-models\\delete',
  '..;/registered-models/delete',
  'x/../../x',
  '/x',
  'x?y=z',
  'x#y',
  'x\n\ry',
  'x\0',
  '．．',
  '',
  'x'.repeat(300),
];

/** The same in an artifact's URI. An empty part ends where a shorter path would begin. */
const evilUris = (tail: string): readonly string[] => [
  ...evil.filter((part) => part !== '').map((part) => `mlflow-artifacts:/${part}${tail}`),
  ...evil.filter((part) => part !== '').map((part) => `mlflow-artifacts://host:5000/1/${part}${tail}`),
  `mlflow-artifacts:/1//x${tail}`,
  // Well formed, and somebody else's.
  'mlflow-artifacts:/1/0123456789abcdef0123456789abcdef/artifacts',
  'mlflow-artifacts:/1/models/m-0123456789abcdef0123456789abcdef/artifacts',
  'mlflow-artifacts:/',
];

const sweep = ['GET registered-models/search', 'POST runs/search'];
const removeBareRun = ['GET runs/get?run_id=RUN', 'POST logged-models/search', 'POST runs/delete'];
const removeModel = (versions: number): readonly string[] => [
  'GET registered-models/get',
  'GET model-versions/search',
  ...Array<string>(versions).fill('DELETE model-versions/delete'),
  'GET registered-models/get',
  'DELETE registered-models/delete',
];
const removeModelWithAlias = (versions: number): readonly string[] => {
  const [get = '', search = '', ...rest] = removeModel(versions);
  return [get, search, 'DELETE registered-models/alias', ...rest];
};
const removeFolder = (folder: string): readonly string[] => [
  `GET artifacts?path=${folder}/artifacts`,
  `DELETE artifacts/${folder}`,
  `GET artifacts?path=${folder}/artifacts`,
];
const removeRun = [
  'GET runs/get?run_id=RUN',
  ...removeFolder('1/RUN'),
  'POST logged-models/search',
  ...removeFolder('1/models/MODEL'),
  'DELETE logged-models/MODEL',
  'POST runs/delete',
];
const confirm = ['GET registered-models/get', 'GET runs/get?run_id=RUN'];
const finishRun = ['POST runs/update', 'GET runs/get?run_id=RUN'];

/** What a flow without a logged model asks, from its uploads on. */
const withoutLoggedModel = [
  'PUT artifacts/1/RUN/artifacts/model/MLmodel',
  'PUT artifacts/1/RUN/artifacts/model/weights.bin',
  'POST registered-models/create',
  'GET runs/get?run_id=RUN',
  'GET artifacts?path=1/RUN/artifacts/model',
  'POST model-versions/create',
  'GET model-versions/get',
  'POST registered-models/alias',
  ...finishRun,
  'GET registered-models/alias',
  'GET model-versions/get-download-uri',
  'GET artifacts/1/RUN/artifacts/model/MLmodel',
  'GET artifacts/1/RUN/artifacts/model/weights.bin',
  'GET registered-models/search',
  ...removeModelWithAlias(1),
  'GET runs/get?run_id=RUN',
  ...removeFolder('1/RUN'),
  'POST logged-models/search',
];

interface Case {
  readonly step: StepId;
  readonly where: Where;
  readonly field: string;
  readonly values: readonly string[];
  readonly says: string;
  /** All that is asked once the answer has come. */
  readonly after: readonly string[];
}

const cases: readonly Case[] = [
  {
    step: 'experiment',
    where: { method: 'GET', ending: '/experiments/get-by-name', time: 3 },
    field: 'experiment.experiment_id',
    values: evil,
    says: 'experiment',
    after: [sweep[0] ?? ''],
  },
  {
    step: 'create-run',
    where: { method: 'POST', ending: '/runs/create' },
    field: 'run.info.run_id',
    values: evil,
    says: 'run_id',
    after: ['POST runs/search', ...removeBareRun, ...sweep],
  },
  {
    step: 'create-run',
    where: { method: 'GET', ending: '/runs/get' },
    field: 'run.info.artifact_uri',
    values: evilUris('/artifacts'),
    says: 'artifact',
    after: [...removeBareRun, 'GET runs/get?run_id=RUN', ...sweep],
  },
  {
    step: 'create-logged-model',
    where: { method: 'POST', ending: '/logged-models' },
    field: 'model.info.model_id',
    values: [...evil, 'm-', 'm-../x', 'x'],
    says: 'model_id',
    after: [
      ...withoutLoggedModel,
      // It was made all the same: its own row says whose it is.
      'GET logged-models/MODEL',
      'GET artifacts?path=1/models/MODEL/artifacts',
      'DELETE logged-models/MODEL',
      'POST runs/delete',
      ...confirm,
      ...sweep,
    ],
  },
  {
    step: 'create-logged-model',
    where: { method: 'GET', ending: /\/logged-models\/m-/ },
    field: 'model.info.artifact_uri',
    values: evilUris('/artifacts'),
    says: 'artifact_uri',
    after: [
      ...withoutLoggedModel,
      'GET artifacts?path=1/models/MODEL/artifacts',
      'DELETE logged-models/MODEL',
      'POST runs/delete',
      ...confirm,
      ...sweep,
    ],
  },
  {
    step: 'create-version-from-run',
    where: { method: 'GET', ending: '/runs/get', time: 2 },
    field: 'run.info.artifact_uri',
    values: evilUris('/artifacts'),
    says: 'artifact',
    after: [
      'POST model-versions/create',
      ...finishRun,
      ...sweep.slice(0, 1),
      ...removeModel(1),
      ...removeRun,
      ...confirm,
      ...sweep,
    ],
  },
  {
    step: 'create-version-from-run',
    where: { method: 'POST', ending: '/model-versions/create' },
    field: 'model_version.version',
    values: [...evil, '1.5', '-1', 'latest', '0x1'],
    says: 'version',
    after: [
      'POST model-versions/create',
      ...finishRun,
      ...sweep.slice(0, 1),
      ...removeModel(2),
      ...removeRun,
      ...confirm,
      ...sweep,
    ],
  },
  {
    step: 'read-artifacts',
    where: { method: 'GET', ending: '/model-versions/get-download-uri' },
    field: 'artifact_uri',
    values: [
      ...evilUris('/artifacts'),
      ...evil.map((part) => `models:/${part}`),
      'models:/m-0123456789abcdef0123456789abcdef',
    ],
    says: 'artifact_uri',
    after: [...sweep.slice(0, 1), ...removeModelWithAlias(2), ...removeRun, ...confirm, ...sweep],
  },
];

describe("a response with an id or place outside the flow's own paths", () => {
  it.each(cases)("$step, $field: is refused, and only the flow's own objects are requested", async (given) => {
    const { step, where, field, values, says, after } = given;
    for (const value of values) {
      const altered = await runAltered(registry, [[where, { alter: put(field, value) }]]);
      const { status, failureMode, evidence } = stepOf(altered.flow, step);
      const about = JSON.stringify(value);
      expect([about, status, evidence.summary]).toEqual([about, 'fail', expect.stringContaining(says)]);
      expect([about, failureMode]).toEqual([about, 'unexpected-body']);
      expect([about, altered.after]).toEqual([about, after]);
      expect(altered.asked.filter((url) => /\.\.|%2e|%5c|;|#|delete\//i.test(url))).toEqual([]);
      expect([about, altered.flow.cleanup.leftBehind, await registry.contents()]).toEqual([about, [], nothing]);
    }
  });
});
