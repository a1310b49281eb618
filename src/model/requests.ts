import { cleanUpTarget, registrationHost, registrationSteps, type StepId, stepTarget } from '../platform/flow-steps.ts';
import { type Hop, paths } from '../platform/hops.ts';
import { blankOutcome } from './blank.ts';
import type { AttemptOutcome, CleanupOutcome, Made, Outcome, Report, StepOutcome } from './report.ts';
import { type Aspect, nameOf, type Target } from './target.ts';

/** The part of a report that holds results. */
export type Results = Pick<Report, 'outcomes' | 'registration' | 'followUp'>;

/** What is wrong with the baseline that the results are compared with. */
export type Doubted = Partial<Pick<Report, 'baselineDoubt'>>;

/** The results and whether the monitor was blind: the input of the diagnosis. */
export type Seen = Results & Pick<Report, 'blind'> & Doubted;

interface RequestOutcome extends AttemptOutcome {
  /** A target's id, `registration.<step>`, or `registration.clean-up`. */
  readonly id: string;
  /** Groups requests in reports and metrics: the target's host, or `registration`. */
  readonly host: string;
  /** The host that received the request: the same as `host`, but `registry` for the flow. */
  readonly askedHost: string;
  /** It fails as it did in the baseline. The clean-up is never known: left-overs would pile up unseen. */
  readonly known: boolean;
  /** It is known, and remains to be repaired. Absent: not so. */
  readonly stillFailing?: boolean;
  /** Milliseconds; null if nothing was asked. */
  readonly durationMs: number | null;
}

export interface TargetRequest extends RequestOutcome {
  readonly kind: 'target';
  /** All attempts, in order; empty if nothing was asked. */
  readonly attempts: readonly AttemptOutcome[];
  readonly aspect: Aspect;
  /** Milliseconds that it normally takes; absent: unknown. */
  readonly normalMs?: number;
}

/** Asked to decide between hypotheses. It is evidence only: no failure, no symptom, no news. */
export interface FollowUpRequest extends Omit<TargetRequest, 'kind'> {
  readonly kind: 'follow-up';
}

export interface StepRequest extends RequestOutcome {
  readonly kind: 'step';
  readonly step: StepId;
  /** HTTP requests that the step took. */
  readonly requests: number;
  /** Milliseconds that it normally takes, if it is slow only in comparison with that. */
  readonly normalMs?: number;
}

export interface CleanUpRequest extends RequestOutcome {
  readonly kind: 'clean-up';
  readonly leftBehind: readonly Made[];
  /** Left-overs of earlier runs that this run removed. */
  readonly swept: readonly Made[];
}

/** One thing that a cycle asked of the platform, with its result. */
export type Request = TargetRequest | StepRequest | CleanUpRequest | FollowUpRequest;

/** Where a request goes, and through what. */
interface Route {
  /** The hops that it crosses; empty for a target that is not in the configuration. */
  readonly hops: readonly Hop[];
  /**
   * The hops that a response proves to work. An API's health route reports on what is behind the API, but may not ask
   * it.
   */
  readonly proven: readonly Hop[];
  /** The role of the platform's host that receives it, or another host's name with a leading `//`. */
  readonly destination: string;
}

export type RoutedRequest = Request & Route;

/**
 * Everything that a cycle asked, in order: targets, the registration flow's steps, its clean-up, follow-ups. Everything that
 * judges, counts or lists a cycle's results reads this list, so no two of them disagree.
 */
export const requests = ({ outcomes, registration, followUp }: Results): readonly Request[] => [
  ...outcomes.map(requestOfTarget),
  ...(registration === null ? [] : [...registration.steps.map(requestOfStep), requestOfCleanUp(registration.cleanup)]),
  ...(followUp?.outcomes ?? []).map((one): FollowUpRequest => ({ ...requestOfTarget(one), kind: 'follow-up' })),
];

/** A step of the flow, or its clean-up. */
export const isOfFlow = (request: Request): request is StepRequest | CleanUpRequest =>
  request.kind === 'step' || request.kind === 'clean-up';

/** What the flow created and could not delete. */
export const leftBehindIn = (all: readonly Request[]): readonly Made[] =>
  all.flatMap((one) => (one.kind === 'clean-up' ? one.leftBehind : []));

/** The same requests with their routes. A report does not hold them: they follow from the configuration's targets. */
export const withRoutes = (all: readonly Request[], targets: readonly Target[]): readonly RoutedRequest[] => {
  const routes = new Map(
    targets.map((target) => [
      target.id,
      {
        hops: target.hops,
        proven: provenBy(target),
        destination: target.role ?? `//${nameOf(target)}`,
      } satisfies Route,
    ]),
  );
  const routeOf = (request: Request): Route => {
    const destination = request.askedHost;
    const along = (hops: readonly Hop[]): Route => ({ hops, proven: hops, destination });
    switch (request.kind) {
      case 'target':
      case 'follow-up':
        return routes.get(request.id) ?? along([]);
      case 'step':
        return along(registrationSteps[request.step].hops);
      case 'clean-up':
        return along(paths.proxyToDatabase);
    }
  };
  return all.map((request) => {
    const route = routeOf(request);
    return { ...request, ...route, proven: reachedBy(request, route) };
  });
};

/** Statuses of a refusal: the key check sent it, or something before it. */
const refusals: readonly (number | null)[] = [401, 403];

/** Even as the expected answers, a refusal shows nothing behind the key check, and a login page nothing behind the rule. */
const reachedBy = ({ httpStatus, answeredBy }: Request, { hops, proven }: Route): readonly Hop[] => {
  if (answeredBy === 'login-page') return proven.slice(0, hops.indexOf('rule') + 1);
  const end = hops.indexOf('key-check') + 1;
  return end > 0 && refusals.includes(httpStatus) ? proven.slice(0, end) : proven;
};

const provenBy = (target: Target): readonly Hop[] => {
  const isHealth = target.kind === 'http' && target.expect.body.kind === 'health' && target.hops.includes('api');
  return isHealth ? target.hops.slice(0, target.hops.indexOf('api') + 1) : target.hops;
};

/** The same results with `known` decided again. */
export const withKnown = (
  { outcomes, registration }: Results,
  isKnown: (request: Request) => Known,
): Omit<Results, 'followUp'> => ({
  outcomes: outcomes.map((one) => ({ ...one, ...isKnown(requestOfTarget(one)) })),
  registration: registration && {
    ...registration,
    steps: registration.steps.map((one) => ({ ...one, ...isKnown(requestOfStep(one)) })),
  },
});

/** How far a failure is known. */
export interface Known {
  readonly known: boolean;
  readonly stillFailing?: boolean;
}

const requestOfTarget = ({ target, ...outcome }: Outcome): TargetRequest => ({
  ...outcome,
  kind: 'target',
  id: target,
  askedHost: outcome.host,
  durationMs: outcome.timingsMs.total,
});

const ofFlow = { host: registrationHost, askedHost: 'registry' } as const;

const requestOfStep = ({ id, ...outcome }: StepOutcome): StepRequest => ({
  ...outcome,
  ...ofFlow,
  kind: 'step',
  id: stepTarget(id),
  step: id,
});

const requestOfCleanUp = (cleanup: CleanupOutcome): CleanUpRequest => {
  const { status, failureMode, durationMs, leftBehind, swept, evidence } = cleanup;
  const blank = blankOutcome(status, cleanUpSummary(cleanup), failureMode);
  return {
    ...blank,
    ...ofFlow,
    evidence: evidence ?? blank.evidence,
    kind: 'clean-up',
    id: cleanUpTarget,
    known: false,
    durationMs,
    leftBehind,
    swept,
  };
};

/** For a clean-up without a failing response to explain it. */
const cleanUpSummary = ({ status, leftBehind: { length } }: CleanupOutcome): string => {
  if (length > 0) return `${length} ${length === 1 ? 'thing was' : 'things were'} left behind`;
  return status === 'skipped' ? 'nothing was made' : '';
};
