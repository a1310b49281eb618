import { type Affected, type Severity, severities } from '../model/incident.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';

/** By target, host, `registration` or hypothesis: what the configuration says. */
export type SeverityRules = Readonly<Record<string, Severity>>;

/** The reads that users' clients go by: without them nobody registers a model, whether the flow ran or not. */
const usersReads: ReadonlySet<string> = new Set([
  'registry.mlflow-proxy-search',
  'registry.mlflow-proxy-search-x-api-key',
]);

/** How bad it is: the highest that applies. `registryIsDown`: nothing that was asked of the registry passed. */
export const severityOf = (
  causes: readonly HypothesisId[],
  affected: readonly Affected[],
  registryIsDown: boolean,
  rules: SeverityRules,
): Severity => {
  const said = [
    ...causes.flatMap((id) => rules[id] ?? []),
    ...affected.map((one) => ofRequest(one, registryIsDown, rules)),
  ];
  return severities.find((severity) => said.includes(severity)) ?? 'notice';
};

const ofRequest = ({ id, host, status }: Affected, registryIsDown: boolean, rules: SeverityRules): Severity => {
  const group = id.split('.')[0] ?? id;
  const said = rules[id] ?? rules[group] ?? rules[host];
  if (said !== undefined) return said;
  if (status === 'degraded') return 'notice';
  const critical = group === 'registration' || usersReads.has(id) || (host === 'registry' && registryIsDown);
  return critical ? 'critical' : 'warning';
};
