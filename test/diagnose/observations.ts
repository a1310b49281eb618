import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import type { AttemptOutcome, Outcome, StepOutcome } from '../../src/model/report.ts';
import type { Seen as SeenInCycle } from '../../src/model/requests.ts';
import type { Target } from '../../src/model/target.ts';
import { stepIds } from '../../src/platform/flow-steps.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';
import { flow, outcome, step } from '../metrics/reports.ts';

export const targets = defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: 'https://x.test' });

/** `pass`, or how it failed and who said so; absent: it was not asked. */
export type Seen = 'pass' | FailureMode | readonly [FailureMode, Answerer];

/** What somebody saw, and nothing else, by the ids of targets and steps. */
export const observations = (seen: Readonly<Record<string, Seen>>, among: readonly Target[] = targets): SeenInCycle => {
  const judged = (what: Seen): Pick<AttemptOutcome, 'status' | 'failureMode' | 'answeredBy'> => {
    if (what === 'pass') return { status: 'pass', failureMode: null, answeredBy: null };
    const [failureMode, answeredBy] = typeof what === 'string' ? [what, null] : what;
    return { status: 'fail', failureMode, answeredBy };
  };
  const outcomes = Object.entries(seen).flatMap(([id, what]): readonly Outcome[] => {
    const target = among.find((one) => one.id === id);
    if (target === undefined) return [];
    const whole = outcome(id, 'pass', { host: target.host });
    const attempt = { ...whole, ...judged(what) };
    return [{ ...attempt, attempts: [attempt] }];
  });
  const steps = stepIds.map((id): StepOutcome => {
    const what = seen[`registration.${id}`];
    return what === undefined ? step(id, 'skipped') : { ...step(id, 'pass'), ...judged(what) };
  });
  const known = new Set([...among.map(({ id }) => id), ...stepIds.map((id) => `registration.${id}`)]);
  const lost = Object.keys(seen).find((id) => !known.has(id));
  if (lost !== undefined) throw new Error(`nothing is called ${lost}`);
  return { blind: null, outcomes, registration: flow(steps) };
};

/** One request failed in this way, and passed the second time. */
export const flapping = (seen: Readonly<Record<string, Seen>>, id: string, mode: FailureMode): SeenInCycle => {
  const { outcomes, registration } = observations({ ...seen, [id]: mode });
  const flaky = outcomes.map((one) =>
    one.target === id
      ? { ...one, status: 'degraded' as const, attempts: [...one.attempts, { ...one, status: 'pass' as const }] }
      : one,
  );
  return { blind: null, outcomes: flaky, registration };
};

export const diagnosisOf = (seen: Readonly<Record<string, Seen>>): Diagnosis => diagnose(observations(seen), targets);

/** All that is enabled passes, but for what is given. */
export const allPass = (but: Readonly<Record<string, Seen>> = {}): Readonly<Record<string, Seen>> => ({
  ...Object.fromEntries(targets.filter(({ enabled }) => enabled).map(({ id }) => [id, 'pass' as const])),
  ...Object.fromEntries(stepIds.map((id) => [`registration.${id}`, 'pass' as const])),
  ...but,
});

/** The registry's requests with a key, right or made up, through the API's key check. */
export const keyedAtRegistry = [
  'registry.mlflow-proxy',
  'registry.mlflow-proxy-health',
  'registry.mlflow-proxy-version',
  'registry.mlflow-proxy-search',
  'registry.mlflow-proxy-search-x-api-key',
  'registry.mlflow-proxy-search-made-up-key',
  'registry.mlflow-api-search',
] as const;
