import { deleteAlias, getByAlias, setAlias } from './aliases.ts';
import type { ArtifactClient } from './artifact-client.ts';
import { deleteArtifact, downloadArtifact, listArtifacts, uploadArtifact } from './artifacts.ts';
import type { Endpoint } from './endpoint.ts';
import {
  createExperiment,
  deleteExperiment,
  getExperimentByName,
  restoreExperiment,
  searchExperiments,
} from './experiments.ts';
import type { Request, StandInResponse } from './http.ts';
import { logBatch } from './log-batch.ts';
import { searchLoggedModels } from './logged-model-search.ts';
import { createLoggedModel, deleteLoggedModel, finalizeLoggedModel, getLoggedModel } from './logged-models.ts';
import {
  createModelVersion,
  deleteModelVersion,
  getDownloadUri,
  getModelVersion,
  searchModelVersions,
} from './model-versions.ts';
import {
  createRegisteredModel,
  deleteRegisteredModel,
  getRegisteredModel,
  searchRegisteredModels,
} from './registered-models.ts';
import { createRun, deleteRun, getRun, logOutputs, searchRuns, updateRun } from './runs.ts';

/** Methods and the path below `/api/2.0/mlflow/`. `*` stands for one part, which the endpoint receives. */
export const apiRoutes: Readonly<Record<string, Endpoint>> = {
  'POST experiments/create': createExperiment,
  'GET experiments/get-by-name': getExperimentByName,
  'GET,POST experiments/search': searchExperiments,
  'POST experiments/delete': deleteExperiment,
  'POST experiments/restore': restoreExperiment,
  'POST runs/create': createRun,
  'GET runs/get': getRun,
  'POST runs/update': updateRun,
  'POST runs/log-batch': logBatch,
  'POST runs/outputs': logOutputs,
  'POST runs/delete': deleteRun,
  'POST runs/search': searchRuns,
  'POST logged-models': createLoggedModel,
  'POST logged-models/search': searchLoggedModels,
  'GET logged-models/*': getLoggedModel,
  'PATCH logged-models/*': finalizeLoggedModel,
  'DELETE logged-models/*': deleteLoggedModel,
  'POST registered-models/create': createRegisteredModel,
  'GET registered-models/get': getRegisteredModel,
  'GET registered-models/search': searchRegisteredModels,
  'DELETE registered-models/delete': deleteRegisteredModel,
  'POST registered-models/alias': setAlias,
  'GET registered-models/alias': getByAlias,
  'DELETE registered-models/alias': deleteAlias,
  'POST model-versions/create': createModelVersion,
  'GET model-versions/get': getModelVersion,
  'GET model-versions/get-download-uri': getDownloadUri,
  'GET model-versions/search': searchModelVersions,
  'DELETE model-versions/delete': deleteModelVersion,
};

type ArtifactHandler = (client: ArtifactClient, request: Request, path: string) => Promise<StandInResponse>;

/** Below `/api/2.0/mlflow-artifacts/`; `**` stands for the rest of the path. */
export const artifactRoutes: Readonly<Record<string, ArtifactHandler>> = {
  'GET artifacts': listArtifacts,
  'GET artifacts/**': downloadArtifact,
  'PUT artifacts/**': uploadArtifact,
  'DELETE artifacts/**': deleteArtifact,
};
