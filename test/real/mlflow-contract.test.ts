import { afterAll, beforeAll, describe } from 'vitest';
import { describeWith } from '../setup/real-parts.ts';
import { artifactContract } from './mlflow-contract/artifacts.ts';
import { errorContract } from './mlflow-contract/errors.ts';
import { experimentContract } from './mlflow-contract/experiments.ts';
import { loggedModelContract } from './mlflow-contract/logged-models.ts';
import { registryContract } from './mlflow-contract/registry.ts';
import { routingContract } from './mlflow-contract/routing.ts';
import { runContract } from './mlflow-contract/runs.ts';
import { type System, startReal, startStandIn } from './mlflow-contract/system.ts';

/** One contract for both: what the stand-in is trusted with, the real server has said. */
const contract = (start: () => Promise<System>): void => {
  let system: System;
  const running = (): System => system;
  beforeAll(async () => {
    system = await start();
  });
  afterAll(() => system?.close());

  describe('routes under a static prefix', () => routingContract(running));
  describe('errors', () => errorContract(running));
  describe('experiments', () => experimentContract(running));
  describe('runs', () => runContract(running));
  describe('logged models', () => loggedModelContract(running));
  describe('the registry', () => registryContract(running));
  describe('artifacts', () => artifactContract(running));
};

describe('the stand-in', () => contract(startStandIn));
describeWith('mlflow', 'the real MLflow 3.9.0', () => contract(startReal));
