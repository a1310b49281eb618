import { databaseFaults } from './database.ts';
import { edgeFaults } from './edge.ts';
import type { OperatorFaults } from './fault.ts';
import { keyFaults } from './key.ts';
import { mlflowFaults } from './mlflow.ts';
import { outsideFaults } from './outside.ts';
import { pairs } from './pairs.ts';
import { serviceFaults } from './services.ts';

export const operatorFaults: OperatorFaults = {
  ...edgeFaults,
  ...serviceFaults,
  ...keyFaults,
  ...mlflowFaults,
  ...databaseFaults,
  ...outsideFaults,
  ...pairs,
};
