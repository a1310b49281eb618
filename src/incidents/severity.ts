import type { Affected, Severity } from '../model/incident.ts';
import { severities } from '../model/severities.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';

/** Severity by target, host, `registration` or hypothesis, from the configuration. */
export type SeverityRules = Readonly<Record<string, Severity>>;

/** Reads that users' clients depend on. If they fail, no model can be registered, whether the flow ran or not. */
const usersReads: ReadonlySet<string> = new Set([
  'registry.mlflow-proxy-search',
  'registry.mlflow-proxy-search-x-api-key',
]);

/** The highest severity that applies. `registryIsDown`: no request to the registry passed. */
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

const ofRequest = (
  { id, host, status, failureMode }: Affected,
  registryIsDown: boolean,
  rules: SeverityRules,
): Severity => {
  const group = id.split('.')[0] ?? id;
  const said = ruleOf(id, rules) ?? ruleOf(group, rules) ?? ruleOf(host, rules);
  if (said !== undefined) return said;
  // Requests without a valid key are let in.
  if (failureMode === 'auth-bypassed') return 'critical';
  if (status === 'degraded') return 'notice';
  const critical = group === 'registration' || usersReads.has(id) || (host === 'registry' && registryIsDown);
  return critical ? 'critical' : 'warning';
};

/** A user's own host or target can be called `constructor`. */
const ruleOf = (name: string, rules: SeverityRules): Severity | undefined =>
  Object.hasOwn(rules, name) ? rules[name] : undefined;
