import type { Limits } from '../model/limits.ts';
import type { StepId } from '../platform/flow-steps.ts';
import { readWritten } from './lagging.ts';
import type { MlflowClient } from './mlflow-client.ts';
import type { FlowState } from './state.ts';
import { credentials, experiment, readRegistry } from './steps/begin.ts';
import { proveDeletion } from './steps/prove-deletion.ts';
import { readArtifacts, readRun, readVersionByAlias, searchModel } from './steps/read-back.ts';
import {
  awaitVersions,
  createRegisteredModel,
  createVersionFromModel,
  createVersionFromRun,
  setAlias,
} from './steps/register.ts';
import {
  attachLoggedModel,
  createLoggedModel,
  createRun,
  finishLoggedModel,
  finishRun,
  logBatch,
  uploadArtifacts,
} from './steps/train.ts';

/** The work of a step: sends requests, stores what later steps need, and throws on a bad response. */
export type StepWork = (flow: FlowState, client: MlflowClient, limits: Limits) => Promise<void>;

const afterWrites =
  (work: StepWork): StepWork =>
  (flow, client, limits) =>
    readWritten(client, () => work(flow, client, limits));

export const stepWork: Readonly<Record<StepId, StepWork>> = {
  credentials,
  'read-registry': readRegistry,
  'prove-deletion': proveDeletion,
  experiment,
  'create-run': createRun,
  'log-batch': logBatch,
  'create-logged-model': createLoggedModel,
  'attach-logged-model': attachLoggedModel,
  'upload-artifacts': uploadArtifacts,
  'finish-logged-model': finishLoggedModel,
  'create-registered-model': createRegisteredModel,
  'create-version-from-run': createVersionFromRun,
  'create-version-from-model': createVersionFromModel,
  'await-versions': afterWrites(awaitVersions),
  'set-alias': setAlias,
  'finish-run': finishRun,
  'read-run': afterWrites(readRun),
  'read-version-by-alias': afterWrites(readVersionByAlias),
  'read-artifacts': afterWrites(readArtifacts),
  'search-model': afterWrites(searchModel),
};
