import { applicationFaults } from './application.ts';
import { artifactFaults } from './artifacts.ts';
import { authFaults } from './auth.ts';
import { balancerFaults } from './balancer.ts';
import { databaseFaults } from './database.ts';
import { dnsFaults } from './dns.ts';
import type { InjectedFault } from './fault.ts';
import { listenerFaults } from './listener.ts';
import { mlflowFaults } from './mlflow.ts';
import { slowFaults } from './slow.ts';

export const faults: Readonly<Record<string, InjectedFault>> = {
  ...dnsFaults,
  ...listenerFaults,
  ...balancerFaults,
  ...applicationFaults,
  ...authFaults,
  ...mlflowFaults,
  ...databaseFaults,
  ...artifactFaults,
  ...slowFaults,
};
