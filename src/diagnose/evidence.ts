import type { Answerer } from '../model/answerers.ts';
import type { FailureMode } from '../model/failure-modes.ts';
import type { Symptom } from '../model/hypothesis.ts';
import { isSymptom } from '../model/predicates.ts';
import { type Request, type Results, requests, type TargetRequest } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import type { ToldCause } from '../model/told-causes.ts';
import { followUpTargets } from '../platform/follow-ups.ts';
import { type ProbedRequest, probedRequestOf, probedRequestOfStep } from './probed-request.ts';

/** A request with what it showed. */
export interface Observed {
  readonly request: ProbedRequest;
  readonly symptom: Symptom;
  /** How it failed the second time, where that was in another way. */
  readonly second: FailureMode | null;
  readonly answeredBy: Answerer | null;
  /** What its words say is behind it. */
  readonly cause: ToldCause | null;
  /** It failed once and passed once. */
  readonly flaps: boolean;
  /** It was asked to decide, so it has to be explained by nothing. */
  readonly isFollowUp: boolean;
}

/** What is unknown says nothing: skipped, inconclusive, and what failed in the same way on the day of the baseline. */
const symptomOf = (request: Request): Symptom | null => {
  if (request.kind === 'follow-up') return symptomOfFollowUp(request);
  if (isSymptom(request)) return request.failureMode;
  return request.status === 'pass' && !request.known ? 'pass' : null;
};

const symptomOfFollowUp = ({ status, failureMode, known }: Request): Symptom | null => {
  if (status === 'fail' || status === 'degraded') return failureMode;
  return status === 'pass' && !known ? 'pass' : null;
};

const secondOf = ({ failureMode, attempts }: TargetRequest): FailureMode | null =>
  attempts.find((attempt) => attempt.failureMode !== null && attempt.failureMode !== failureMode)?.failureMode ?? null;

/** What fails as it always did tells nothing but that who says so can still be heard: of MLflow that is worth knowing. */
const heardAsEver = (probed: ProbedRequest, { answeredBy }: Request): readonly Observed[] => {
  const place = probed.hops.indexOf('mlflow');
  if (answeredBy !== 'mlflow' || place === -1) return [];
  const asFar = { ...probed, hops: probed.hops.slice(0, place + 1) };
  return [{ request: asFar, symptom: 'pass', second: null, answeredBy, cause: null, flaps: false, isFollowUp: false }];
};

/** What a cycle has seen, as evidence. The clean-up is none: what it meets, the steps have met before. */
export const evidenceOf = (seen: Results, targets: readonly Target[]): readonly Observed[] => {
  const all = seen.followUp === undefined ? targets : [...targets, ...followUpTargets(targets)];
  const probedRequests = new Map(all.map((target) => [target.id, probedRequestOf(target)]));
  const form = seen.registration?.facts.credentialForms.bearer === null ? 'bearer' : 'x-api-key';
  return requests(seen).flatMap((request): readonly Observed[] => {
    if (request.kind === 'clean-up') return [];
    const probed = request.kind === 'step' ? probedRequestOfStep(request.step, form) : probedRequests.get(request.id);
    if (probed === undefined) return [];
    if (request.kind !== 'step' && request.known) return heardAsEver(probed, request);
    const symptom = symptomOf(request);
    if (symptom === null) return [];
    const { answeredBy, cause } = request;
    const again =
      request.kind === 'target'
        ? { second: secondOf(request), flaps: isIntermittent(request) }
        : { second: null, flaps: false };
    return [{ request: probed, symptom, answeredBy, cause, ...again, isFollowUp: request.kind === 'follow-up' }];
  });
};

const isIntermittent = ({ status, attempts }: TargetRequest): boolean =>
  status === 'degraded' && attempts.some((attempt) => attempt.status === 'pass');
