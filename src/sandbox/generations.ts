import type { Answerer } from '../model/answerers.ts';
import type { Baseline, BaselineEntry } from '../model/baseline.ts';
import type { FailureMode } from '../model/failure-modes.ts';

/** Differences between the platform's two observed generations (late 2025 and mid 2026). */
export interface Generation {
  readonly version: string;
  /** The API's plain /health checks MLflow, Redis and the database itself, and blocks the task meanwhile. */
  readonly healthIsDeep: boolean;
  /** 503: auth service failures get their own status. 401: they look like a wrong key. */
  readonly authTroubleStatus: 503 | 401;
  /** Every registry request, reads included, needs an administrator's key; otherwise writes need a scope. */
  readonly registryNeedsAdmin: boolean;
  /** MLflow's own routes behind the balancer require a key. */
  readonly mlflowRouteNeedsKey: boolean;
  /** MLflow's own host also serves /health at its root. */
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

/**
 * Deviations from the documentation on a healthy day: the proxy's only working route is the one to MLflow's API, and
 * MLflow has a prefix.
 */
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
