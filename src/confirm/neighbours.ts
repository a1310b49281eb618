import type { HypothesisId } from '../platform/hypotheses.ts';

/** Hypotheses that can look alike through a disturbed network, by the part of the path that they are about. */
const neighbourhoods: readonly (readonly HypothesisId[])[] = [
  [
    'api-service-unhealthy',
    'health-check-mismatch',
    'backend-tls-mismatch',
    'security-group-blocking',
    'alb-routing-misconfigured',
    'alb-wrong-target-group',
    'https-listener-missing',
  ],
  ['mlflow-service-unhealthy', 'service-discovery-broken', 'mlflow-unreachable-from-api', 'circuit-breaker-open'],
  ['database-unreachable', 'database-pool-exhausted', 'database-auth-failing', 'database-read-only'],
  ['proxy-drops-auth-headers', 'auth-flow-regression', 'api-key-rejected', 'auth-service-unavailable'],
];

/** What else to ask about when AWS has refuted these. */
export const neighboursOf = (refuted: readonly HypothesisId[]): readonly HypothesisId[] =>
  neighbourhoods
    .filter((all) => all.some((id) => refuted.includes(id)))
    .flat()
    .filter((id) => !refuted.includes(id));
