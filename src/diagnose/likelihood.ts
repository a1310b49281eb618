import { failureModes, modesWith } from '../model/failure-modes.ts';
import type { Symptom } from '../model/hypothesis.ts';
import type { ToldCause } from '../model/told-causes.ts';
import type { Hop } from '../platform/hops.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import type { Prediction } from './predict.ts';

/** The probability of a request's result under a prediction; null: no fault touches it. */
export const probabilityOf = (observed: Observed, prediction: Prediction | null): number => {
  if (prediction === null) return unaffected(observed);
  const { symptom, second } = observed;
  const said = shareOf(prediction, symptom) * (second === null ? 1 : shareOf(prediction, second));
  // A late response got through, so whatever is behind the hop answered it.
  const gotThrough = symptom === 'pass' || symptom === 'slow';
  const whole = said * (gotThrough ? 1 : trustIn(observed, prediction)) * (observed.flaps ? 1 / 2 : 1);
  // Apart from the fault, a request can be lost like any other, or get through for an unknown reason.
  return Math.max(whole, symptom === 'pass' ? scoring.noise : unaffected(observed));
};

const shareOf = ({ shows, open }: Prediction, symptom: Symptom): number => {
  const rest = symptom === 'pass' ? open * scoring.openPass : (open * (1 - scoring.openPass)) / scoring.ways;
  return (shows[symptom] ?? 0) + rest;
};

/** The probability that a request gets past the fault, on time or late, and meets the next one. */
export const passingOf = ({ shows, open }: Prediction): number =>
  (shows.pass ?? 0) + (shows.slow ?? 0) + open * scoring.openPass;

const unaffected = ({ symptom, second, flaps, isOfOneAddress }: Observed): number =>
  symptom === 'pass'
    ? 1 - scoring.noise
    : (flaps ? scoring.flake : scoring.noise) *
      (isOfOneAddress ? scoring.otherAddresses : 1) *
      wayOf(symptom) *
      (second === null ? 1 : wayOf(second));

const wayOf = (symptom: Symptom): number =>
  isTransient(symptom) ? scoring.transient / transientWays : (1 - scoring.transient) / scoring.ways;

/** How networks and busy machines lose requests. */
export const isTransient = (symptom: Symptom): boolean => symptom !== 'pass' && failureModes[symptom].transient;

const transientWays = modesWith(({ transient }) => transient).length;

const trustIn = (observed: Observed, prediction: Prediction): number =>
  (isHeardFrom(prediction, observed) ? trustInRefuser(observed, prediction) : scoring.answeredFromBehind) *
  (canBeFrom(observed, prediction) ? 1 : scoring.foreign) *
  (observed.request.kind !== 'tls' || observed.isOfOneAddress === prediction.ofOneAddress
    ? 1
    : scoring.otherAddresses) *
  trustInWords(observed, prediction);

/** The key check did not write a refusal that the API passed on, or that does not look like its own. */
const trustInRefuser = ({ refuser, request }: Observed, { place }: Prediction): number => {
  if (refuser === null || place > request.hops.indexOf('key-check')) return 1;
  return refuser === 'behind' ? scoring.answeredFromBehind : scoring.unlikeApi;
};

const trustInWords = ({ cause, symptom }: Observed, { says, aloud, shows, hop }: Prediction): number => {
  // An API that names what it asked says nothing about what is wrong there.
  const isSilent = cause === null || (cause === 'names-mlflow' && beyondProxy.has(hop));
  if (isSilent) return aloud ? scoring.silent : 1;
  // A failure that is not predicted does not come with the right words by chance.
  const isAny = shows[symptom] !== undefined && !givesReasonOf.includes(symptom) && !oneCause.includes(cause);
  return (says?.includes(cause) ?? isAny) ? 1 : scoring.wordsOfAnother;
};

/** A server that gives a reason for these has one cause, which a hypothesis names or does not have. */
const givesReasonOf: readonly Symptom[] = ['lb-bad-gateway', 'lb-no-target', 'tls-handshake-failed'];

/** Words of which there is one cause, whatever else shows the same failure. */
const oneCause: readonly ToldCause[] = ['maintenance', 'authorizer-denies'];

/** Whether this answerer can respond to a request that fails at this hop: hops behind it were not reached. */
const isHeardFrom = ({ by, hop }: Prediction, { answeredBy, request: { hops } }: Observed): boolean => {
  const isPastApi = hops.includes('mlflow') && !hops.includes('api');
  // MLflow itself on its own route: nothing before it leads elsewhere.
  if (answeredBy === 'mlflow' && isPastApi) return atMlflow.has(hop);
  if (by !== undefined) return answeredBy === null || by.includes(answeredBy);
  return answeredBy !== 'mlflow' || atMlflow.has(hop);
};

/** Nothing in front of an application can report what only the application decides, and no rule leads elsewhere if it answers. */
const canBeFrom = (observed: Observed, { hop, by }: Prediction): boolean => {
  const { isForeign, isOwn, symptom, answeredBy } = observed;
  const mayBeForeign =
    symptom === 'pass' ||
    saidInFront.includes(symptom) ||
    edge.has(hop) ||
    (answeredBy !== null && by?.includes(answeredBy) === true);
  return (!isForeign || mayBeForeign) && !(isOwn && hop === 'rule');
};

/** What a balancer or gateway reports about itself, or about what is behind it. */
const saidInFront: readonly Symptom[] = [
  'lb-no-route',
  'lb-no-target',
  'lb-bad-gateway',
  'lb-gateway-timeout',
  'waf-blocked',
  'rate-limited',
  'cors-rejected',
];

/** Where a request is that the API has passed on to MLflow. */
const beyondProxy: ReadonlySet<Hop> = new Set([
  'proxy-route',
  'service-discovery',
  'mlflow',
  'database',
  'artifact-store',
]);

/** In front of the application. */
const edge: ReadonlySet<Hop> = new Set(['dns', 'listener', 'tls', 'rule', 'target-group']);

const atMlflow: ReadonlySet<Hop> = new Set(['mlflow', 'database', 'artifact-store']);
