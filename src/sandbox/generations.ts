import type { Answerer } from '../model/answerers.ts';
import type { Baseline, BaselineEntry } from '../model/baseline.ts';
import type { FailureMode } from '../model/failure-modes.ts';

/** What differs between the platform's two observed generations (late 2025 and mid 2026). */
export interface Generation {
  readonly version: string;
  /** Plain /health of the API asks MLflow, Redis and the database itself, and blocks the task meanwhile. */
  readonly healthIsDeep: boolean;
  /** Trouble with the auth service is told with its own status, or as if the key were wrong. */
  readonly authTroubleStatus: 503 | 401;
  /** The whole registry asks for an administrator's key, reads too; else writes ask for a scope. */
  readonly registryNeedsAdmin: boolean;
  /** MLflow's own routes behind the balancer ask for a key. */
  readonly mlflowRouteNeedsKey: boolean;
  /** MLflow's own host has /health at its root, too. */
  readonly mlflowHostHasHealth: boolean;
}

export const generations = {
  '2025': {
    version: '2025.11.3',
    healthIsDeep: true,
    authTroubleStatus: 503,
    registryNeedsAdmin: false,
    mlflowRouteNeedsKey: false,
    mlflowHostHasHealth: false,
  },
  '2026': {
    version: '2026.6.1',
    healthIsDeep: false,
    authTroubleStatus: 401,
    registryNeedsAdmin: true,
    mlflowRouteNeedsKey: true,
    mlflowHostHasHealth: true,
  },
} as const satisfies Record<string, Generation>;

export type GenerationName = keyof typeof generations;

const fails = (target: string, failureMode: FailureMode, answeredBy: Answerer): BaselineEntry => ({
  target,
  status: 'fail',
  failureMode,
  answeredBy,
});

/** What deviates from the documents on a healthy day: of the proxy only its route to MLflow's API works, and MLflow has a prefix. */
const ofBoth: Baseline = [
  fails('registry.mlflow-proxy-version', 'route-not-found', 'application'),
  fails('registry.mlflow-api-search', 'route-not-found', 'application'),
];

export const deviations: Readonly<Record<GenerationName, Baseline>> = {
  '2025': [
    ...ofBoth,
    fails('mlflow.root', 'route-not-found', 'mlflow'),
    fails('mlflow.health', 'route-not-found', 'mlflow'),
    fails('mlflow.version', 'route-not-found', 'mlflow'),
  ],
  '2026': [...ofBoth, fails('mlflow.root', 'auth-missing', 'application')],
};
