import { failureModes, modesWith } from '../model/failure-modes.ts';
import type { Symptom } from '../model/hypothesis.ts';
import type { Hop } from '../platform/hops.ts';
import { scoring } from './constants.ts';
import type { Observed } from './evidence.ts';
import type { Prediction } from './predict.ts';

/** How probable it is that a request shows what it showed. */
export const probabilityOf = (observed: Observed, prediction: Prediction | null): number => {
  if (prediction === null) return unaffected(observed);
  const { symptom, second } = observed;
  const said = shareOf(prediction, symptom) * (second === null ? 1 : shareOf(prediction, second));
  // What comes late has got through, and who is behind answers it.
  const gotThrough = symptom === 'pass' || symptom === 'slow';
  const whole = said * (gotThrough ? 1 : trustIn(observed, prediction)) * (observed.flaps ? 1 / 2 : 1);
  // Beside what is broken, it can be lost as any other, and can get through for a reason that nobody knows.
  return Math.max(whole, symptom === 'pass' ? scoring.noise : unaffected(observed));
};

const shareOf = ({ shows, open }: Prediction, symptom: Symptom): number => {
  const rest = symptom === 'pass' ? open * scoring.openPass : (open * (1 - scoring.openPass)) / scoring.ways;
  return (shows[symptom] ?? 0) + rest;
};

/** How probable it is that a request gets past what is broken, and on to what is broken behind it. */
export const passingOf = ({ shows, open }: Prediction): number => (shows.pass ?? 0) + open * scoring.openPass;

const unaffected = ({ symptom, second, flaps }: Observed): number =>
  symptom === 'pass'
    ? 1 - scoring.noise
    : (flaps ? scoring.flake : scoring.noise) * wayOf(symptom) * (second === null ? 1 : wayOf(second));

const wayOf = (symptom: Symptom): number =>
  isTransient(symptom) ? scoring.transient / transientWays : (1 - scoring.transient) / scoring.ways;

/** How a request is lost on a network, or by a machine that is busy. */
export const isTransient = (symptom: Symptom): boolean => symptom !== 'pass' && failureModes[symptom].transient;

const transientWays = modesWith(({ transient }) => transient).length;

const trustIn = (observed: Observed, prediction: Prediction): number =>
  (isHeardFrom(prediction, observed.answeredBy) ? trustInRefuser(observed, prediction) : scoring.answeredFromBehind) *
  (canBeFrom(observed, prediction) ? 1 : scoring.foreign) *
  trustInWords(observed.cause, prediction);

/** A refusal that the API passed on, or that does not look like its own, is not its key check's. */
const trustInRefuser = ({ refuser, request }: Observed, { place }: Prediction): number => {
  if (refuser === null || place > request.hops.indexOf('key-check')) return 1;
  return refuser === 'behind' ? scoring.answeredFromBehind : scoring.unlikeApi;
};

const trustInWords = (cause: Observed['cause'], { says, aloud }: Prediction): number => {
  if (cause === null) return aloud ? scoring.silent : 1;
  return (says?.includes(cause) ?? true) ? 1 : scoring.wordsOfAnother;
};

/** Whether this answerer can be the one that a request hears when it fails at this hop: what is behind it was not reached. */
const isHeardFrom = ({ by, hop }: Prediction, answeredBy: Observed['answeredBy']): boolean => {
  if (by !== undefined) return answeredBy === null || by.includes(answeredBy);
  return answeredBy !== 'mlflow' || atMlflow.has(hop);
};

/** What is in front of an application cannot say what only the application decides. */
const canBeFrom = ({ isForeign, symptom }: Observed, { hop }: Prediction): boolean =>
  !isForeign || symptom === 'pass' || saidInFront.includes(symptom) || edge.has(hop);

/** What a balancer or a gateway says of itself, or of what it finds behind it. */
const saidInFront: readonly Symptom[] = [
  'lb-no-route',
  'lb-no-target',
  'lb-bad-gateway',
  'lb-gateway-timeout',
  'waf-blocked',
  'rate-limited',
  'server-error',
];

/** Before the application. */
const edge: ReadonlySet<Hop> = new Set(['dns', 'listener', 'tls', 'rule', 'target-group']);

const atMlflow: ReadonlySet<Hop> = new Set(['mlflow', 'database', 'artifact-store']);
