import type { Symptom } from '../model/hypothesis.ts';
import { scoring } from './constants.ts';
import { isTransient } from './likelihood.ts';
import { hostPlaces, placedVariants } from './placed-variants.ts';
import { isAmong } from './probed-request.ts';
import type { Row, Table } from './score.ts';

/**
 * The probability of the evidence under a fault outside the catalogue. It is on all hosts, on those of one balancer, or on
 * one, and breaks the observed share of requests there, mostly in one way.
 */
export const logLikelihoodOfOther = ({ rows }: Table): number => {
  const somewhere = hostPlaces.map(({ hosts }) => {
    const [there, elsewhere] = [true, false].map((within) =>
      rows.filter(({ observed }) => isAmong(hosts ?? [], observed.request.host) === within),
    );
    const untouched = (elsewhere ?? []).reduce((sum, { weight, sound }) => sum + weight * Math.log(sound), 0);
    return ofPlace(there ?? []) + untouched - Math.log(hostPlaces.length);
  });
  return Math.max(ofPlace(rows), ...somewhere);
};

/** A request can also be lost for a reason unrelated to the fault. */
const ofPlace = (rows: readonly Row[]): number => {
  const failing = rows.filter(({ observed }) => observed.symptom !== 'pass');
  const shares = (count: number): number => (count + 0.5) / (countOf(rows) + 1);
  const asMain = (mode: Symptom | null): number => {
    const lost = failing.filter(({ observed: { symptom } }) => symptom !== mode && isTransient(symptom));
    const counts = [countOf(failing), countOf(failing) - countOf(lost)];
    return Math.max(...counts.map((count) => ofShare(rows, mode, shares(count))));
  };
  return Math.max(asMain(null), ...[...new Set(failing.map(({ observed }) => observed.symptom))].map(asMain));
};

const countOf = (rows: readonly Row[]): number => rows.reduce((sum, { part }) => sum + part, 0);

const ofShare = (rows: readonly Row[], mainMode: Symptom | null, share: number): number =>
  rows.reduce(
    (sum, { observed: { symptom, second, cause, isOfOneAddress }, weight, sound }) => {
      if (symptom === 'pass') return sum + weight * Math.log(1 - share);
      const way = wayOf(symptom, mainMode) * (second === null ? 1 : wayOf(second, mainMode));
      const told = cause !== null && wordsOfKnown.has(cause) ? scoring.otherWords : 1;
      const said = namesItself.has(symptom) ? scoring.otherStatus : told;
      const placed = isOfOneAddress ? scoring.otherAddresses : 1;
      return sum + weight * Math.log(Math.max(share * way * said * placed, sound));
    },
    // Nobody could have predicted the way in which it fails.
    Math.log(1 / scoring.ways),
  );

const wayOf = (symptom: Symptom, mainMode: Symptom | null): number =>
  symptom === mainMode ? scoring.otherMainMode : (1 - scoring.otherMainMode) / scoring.ways;

/** Failures whose status code already states a known cause (429: RFC 6585, 4). */
const namesItself: ReadonlySet<Symptom> = new Set(['rate-limited']);

/** Words that some hypothesis predicts. */
const wordsOfKnown = new Set(placedVariants.flatMap(({ effects }) => effects.flatMap(({ says }) => says ?? [])));
