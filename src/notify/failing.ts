import type { FailureMode } from '../model/failure-modes.ts';
import type { Affected, IncidentView } from '../model/incident.ts';
import { registrationHost, type StepId, stepIds, stepTarget } from '../platform/flow-steps.ts';
import { few } from '../wording/count.ts';
import { flowTitle, stepName } from '../wording/flow.ts';
import { placesToLook } from '../wording/places.ts';
import { nameOf, said } from './foreign.ts';
import { notifyLimits } from './limits.ts';
import type { Setting } from './setting.ts';

/** Requests that fail in the same way, with the evidence. */
export interface Alike {
  readonly failureMode: FailureMode | null;
  /** Server text, redacted. */
  readonly summary: string;
  readonly ids: readonly string[];
}

/** Failing requests grouped by failure, largest group first. */
export const groupsOf = (affected: readonly Affected[], { redact }: Setting): readonly Alike[] =>
  [
    ...Map.groupBy(
      affected.map((one) => ({ ...one, summary: said(one.summary, redact) })),
      ({ failureMode, summary }) => `${failureMode} ${summary}`,
    ).values(),
  ]
    .map((group) => ({
      failureMode: group[0]?.failureMode ?? null,
      summary: group[0]?.summary ?? '',
      ids: group.map(({ id }) => nameOf(id)),
    }))
    .toSorted((a, b) => b.ids.length - a.ids.length);

/** Where to look first when no hypothesis says so. */
export const placeToLook = ({ affected, outside }: IncidentView): string => {
  const [first = 'the failing requests below'] = placesToLook(affected, outside, 1);
  return first;
};

/** The first failing step of the flow; null: none is known to fail. */
export const failingStep = (affected: readonly Affected[]): StepId | null => {
  const failing = new Set(affected.filter(({ status }) => status === 'fail').map(({ id }) => id));
  return stepIds.find((id) => failing.has(stepTarget(id))) ?? null;
};

/** The effect on people who register models; longest form first. */
export const impactWords = ({ affected }: IncidentView): readonly [string, ...string[]] => {
  const step = failingStep(affected);
  if (step !== null) return [`${flowTitle} fails at ${stepName(step)}`, `${flowTitle} fails`];
  return affected.some(({ id }) => id.startsWith(`${registrationHost}.`))
    ? [`${flowTitle} is degraded`]
    : [`${flowTitle} is not affected`];
};

/** Names of the hosts with failures, most failures first. */
export const failingHosts = (affected: readonly Affected[]): readonly string[] =>
  [...Map.groupBy(affected, ({ host }) => host)].toSorted(([, a], [, b]) => b.length - a.length).map(([role]) => role);

/** The host's name; the group of a target outside the platform. */
export const hostName = (role: string, { hosts }: Setting): string =>
  nameOf((Object.hasOwn(hosts, role) ? hosts[role] : undefined) ?? role);

export const hostNames = (roles: readonly string[], setting: Setting): string =>
  few(
    roles.map((role) => hostName(role, setting)),
    notifyLimits.shownCauses,
  );
