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
  [
    'mlflow-service-unhealthy',
    'service-discovery-broken',
    'mlflow-unreachable-from-api',
    'circuit-breaker-open',
    'database-unreachable',
  ],
  ['database-unreachable', 'database-pool-exhausted', 'database-auth-failing', 'database-read-only'],
  ['auth-service-unavailable', 'redis-unreachable'],
  ['proxy-drops-auth-headers', 'auth-flow-regression', 'api-key-rejected', 'auth-service-unavailable'],
];

/** What else to ask about when AWS confirms none of these. */
export const neighboursOf = (asked: readonly HypothesisId[]): readonly HypothesisId[] =>
  [...new Set(neighbourhoods.filter((all) => all.some((id) => asked.includes(id))).flat())].filter(
    (id) => !asked.includes(id),
  );

/** Causes at which what is in front of them fails too. One of them can show as two faults. */
const alsoBehind: Readonly<Partial<Record<HypothesisId, readonly HypothesisId[]>>> = {
  'redis-unreachable': ['api-service-unhealthy', 'auth-service-unavailable'],
  'database-unreachable': ['mlflow-service-unhealthy'],
};

/** Whether a cause that AWS confirms for one fault can be that of another, whose leader AWS does not decide. */
export const explainsToo = (cause: HypothesisId, leader: HypothesisId): boolean =>
  alsoBehind[cause]?.includes(leader) === true;
