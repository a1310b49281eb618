import { type FailureMode, failureModes } from '../platform/failure-modes.ts';
import type { Affected, IncidentView } from '../platform/incident.ts';
import { registrationHost, registrationSteps, type StepId, stepIds, stepTarget } from '../platform/registration.ts';
import { few, plural } from '../report/plain-text.ts';
import { nameOf, said } from './foreign.ts';
import { notifyLimits } from './limits.ts';
import type { Setting } from './setting.ts';

/** Requests that fail in one way, and what was seen. */
export interface Alike {
  readonly failureMode: FailureMode | null;
  /** In the server's words, redacted. */
  readonly summary: string;
  readonly ids: readonly string[];
}

/** What fails, together where it fails alike; the largest group first. */
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

/** Where a person looks first when no hypothesis says it. */
export const placeToLook = (affected: readonly Affected[]): string => {
  const [most] = [...Map.groupBy(affected, ({ failureMode }) => failureMode)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const mode = most?.[0] ?? null;
  return mode === null ? 'what fails, below' : failureModes[mode].look;
};

/** `16 requests fail` */
export const countWords = ({ affected, affectedCount }: IncidentView): string => {
  const requests = plural(affectedCount, 'request');
  const failing = affected.filter(({ status }) => status === 'fail').length;
  const one = affectedCount === 1;
  if (failing === 0) return `${requests} ${one ? 'answers' : 'answer'}, but not as ${one ? 'it' : 'they'} should`;
  return `${requests} ${one ? 'fails' : failing === affected.length ? 'fail' : 'fail or are degraded'}`;
};

/** The first step of the flow that fails; null: none is known to. */
export const failingStep = (affected: readonly Affected[]): StepId | null => {
  const failing = new Set(affected.filter(({ status }) => status === 'fail').map(({ id }) => id));
  return stepIds.find((id) => failing.has(stepTarget(id))) ?? null;
};

/** What it means for who registers models, the shorter way of saying it last. */
export const flowWords = ({ affected }: IncidentView): readonly [string, ...string[]] => {
  const step = failingStep(affected);
  if (step !== null) {
    return [`model registration fails at "${registrationSteps[step].title}"`, `model registration fails at ${step}`];
  }
  return affected.some(({ id }) => id.startsWith(`${registrationHost}.`))
    ? ['model registration is not as it should be']
    : ['no step of model registration', 'not the registration flow'];
};

/** Names of the hosts with failures, most of them first. */
export const failingHosts = (affected: readonly Affected[]): readonly string[] =>
  [...Map.groupBy(affected, ({ host }) => host)].toSorted(([, a], [, b]) => b.length - a.length).map(([role]) => role);

/** The host's name; of a target of one's own, that is no host of the platform, what it is called. */
export const hostName = (role: string, { hosts }: Setting): string =>
  nameOf((Object.hasOwn(hosts, role) ? hosts[role] : undefined) ?? role);

export const hostNames = (roles: readonly string[], setting: Setting): string =>
  few(
    roles.map((role) => hostName(role, setting)),
    notifyLimits.shownCauses,
  );
