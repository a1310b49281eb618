import { unwell } from '../classify/health.ts';
import { causeOfDependencies } from '../classify/told-cause.ts';
import type { Answerer } from '../model/answerers.ts';
import type { Slowness } from '../model/diagnosis.ts';
import type { FailureMode } from '../model/failure-modes.ts';
import type { Symptom } from '../model/hypothesis.ts';
import { isRelativelySlow, isSymptom } from '../model/predicates.ts';
import type { Doubted, Request, Results, TargetRequest } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import type { ToldCause } from '../model/told-causes.ts';
import { certificatesElsewhere } from './certificates-elsewhere.ts';
import { originsIn, type Refuser } from './origin.ts';
import type { ProbedRequest } from './probed-request.ts';
import { type Routed, responseOf, routedIn } from './routed.ts';
import { comparing, type Heard } from './sender.ts';
import { type Pace, paceOf } from './slowness.ts';
import { afterWaiting } from './waited.ts';

/** A request with its result. */
export interface Observed {
  readonly request: ProbedRequest;
  readonly symptom: Symptom;
  /** How the second attempt failed, if in another way. */
  readonly second: FailureMode | null;
  readonly answeredBy: Answerer | null;
  /** Something in front of the application sent the response. */
  readonly isForeign: boolean;
  /** The right application sent it (sender.ts). */
  readonly isOwn: boolean;
  /** The cause that the response names. */
  readonly cause: ToldCause | null;
  /** It names several dependencies that fail together. */
  readonly namesSeveral: boolean;
  readonly refuser: Refuser;
  /** It passes but takes far longer than others: evidence of slowness, not a failure. */
  readonly late: boolean;
  /** Some addresses of the host fail, and others work. */
  readonly isOfOneAddress: boolean;
  /** It failed once and passed once. */
  readonly flaps: boolean;
  /** A step that is slow only in comparison with normal. */
  readonly isRelativelySlow: boolean;
  /** It was sent to decide between causes, so nothing has to explain it. */
  readonly isFollowUp: boolean;
}

/** Null if nothing is known: skipped, inconclusive, or failing as in the baseline. */
const symptomOf = (request: Request, { failureMode }: Heard): Symptom | null => {
  if (request.kind === 'follow-up' ? isBadFollowUp(request) : isSymptom(request)) return failureMode;
  return request.status === 'pass' && !request.known ? 'pass' : null;
};

const isBadFollowUp = ({ status }: Request): boolean => status === 'fail' || status === 'degraded';

const secondOf = ({ failureMode, attempts }: TargetRequest): FailureMode | null =>
  attempts.find((attempt) => attempt.failureMode !== null && attempt.failureMode !== failureMode)?.failureMode ?? null;

/** A known failure is no symptom. It only shows that its answerer can still be reached, which matters for MLflow. */
const heardAsEver = (probed: ProbedRequest, { answeredBy }: Request): readonly Observed[] => {
  const place = probed.hops.indexOf('mlflow');
  if (answeredBy !== 'mlflow' || place === -1) return [];
  const asFar = { ...probed, hops: probed.hops.slice(0, place + 1) };
  return [
    {
      request: asFar,
      symptom: 'pass',
      second: null,
      answeredBy,
      isForeign: false,
      isOwn: false,
      cause: null,
      namesSeveral: false,
      refuser: null,
      late: false,
      flaps: false,
      isOfOneAddress: false,
      isRelativelySlow: false,
      isFollowUp: false,
    },
  ];
};

export interface Evidence {
  readonly observed: readonly Observed[];
  /** Null: no request is slow. */
  readonly slowness: Slowness | null;
}

/** The evidence of a cycle. */
export const evidenceOf = (seen: Results & Doubted, targets: readonly Target[]): Evidence => {
  const unsure = new Set(seen.baselineDoubt?.unsure);
  const routed = routedIn(seen, targets);
  const all = routed.map(({ request }) => request);
  const routes = new Map(routed.map(({ request, probed }) => [request.id, probed]));
  const originOf = originsIn(all, (id) => routes.get(id));
  const pace = paceOf(all, (id) => routes.get(id));
  const hear = comparing(routed);
  const isOfAnother = certificatesElsewhere(routed);
  const refused = new Set(routed.filter(isRefusal).map(responseOf));
  const observed = routed.flatMap((one): readonly Observed[] => {
    const { request, probed } = one;
    if (unsure.has(request.id) || pace.byChance.has(request.id)) return [];
    // The same response as to other requests says nothing about preflights.
    if (request.failureMode === 'cors-rejected' && refused.has(responseOf(one))) return [];
    if (request.kind !== 'step' && request.known) return heardAsEver(probed, request);
    const heard = afterWaiting(hear(one), request);
    const symptom = request.failureMode === 'slow' && pace.onTime.has(request.id) ? 'pass' : symptomOf(request, heard);
    if (symptom === null || (symptom === 'pass' && isUnsure(request, pace))) return [];
    const late = symptom === 'pass' && pace.late.has(request.id);
    const again =
      request.kind === 'target'
        ? { second: secondOf(request), flaps: isIntermittent(request) }
        : { second: null, flaps: false };
    const seenAs = late ? 'slow' : symptom;
    return [
      {
        request: probed,
        symptom: seenAs,
        answeredBy: heard.answeredBy,
        isForeign: heard.isForeign,
        isOwn: heard.isOwn,
        cause: request.cause ?? (isOfAnother(one) ? 'certificate-of-another' : null),
        namesSeveral: symptom !== 'pass' && request.kind === 'target' && namesSeveral(request),
        refuser: heard.isBehindApi ? 'behind' : originOf(request, probed),
        late,
        ...again,
        isOfOneAddress: symptom !== 'pass' && isOfOneAddress(request),
        isRelativelySlow: isRelativelySlow(request),
        isFollowUp: request.kind === 'follow-up',
      },
    ];
  });
  return { observed, slowness: pace.slowness };
};

const isRefusal = ({ request }: Routed): boolean =>
  isSymptom(request) && request.failureMode !== 'cors-rejected' && request.fingerprint !== null;

/** While some requests are slow, this one is neither late nor on time. A step takes several requests. */
const isUnsure = (request: Request, { late, onTime, onTimeMs }: Pace): boolean => {
  if (onTimeMs === null || (request.kind !== 'target' && request.kind !== 'step')) return false;
  if (request.kind === 'step') return request.durationMs === null || request.durationMs > onTimeMs * request.requests;
  return !late.has(request.id) && !onTime.has(request.id);
};

/** MLflow and its database are one: without the database, MLflow fails. */
const namesSeveral = ({ dependencies }: TargetRequest): boolean => {
  const kinds = unwell(dependencies).map((one) => causeOfDependencies([one])?.replace('database', 'mlflow'));
  return new Set(kinds).size > 1;
};

const isOfOneAddress = ({ evidence: { addresses } }: Request): boolean =>
  addresses.some(({ status }) => status === 'fail') && addresses.some(({ status }) => status !== 'fail');

const isIntermittent = ({ status, attempts }: TargetRequest): boolean =>
  status === 'degraded' && attempts.some((attempt) => attempt.status === 'pass');
