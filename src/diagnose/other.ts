import type { Symptom } from '../model/hypothesis.ts';
import { scoring } from './constants.ts';
import { isTransient } from './likelihood.ts';
import { hostPlaces, placedVariants } from './placed-variants.ts';
import { isAmong } from './probed-request.ts';
import type { Row, Table } from './score.ts';

/**
 * How probable what was seen is under a fault that the catalogue does not know. It is somewhere: on all hosts, or on those of one
 * balancer, or on one. There it breaks the share of requests that is broken, mostly in one way.
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

/** Beside it, too, a request can be lost, which is not its doing. */
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
    (sum, { observed: { symptom, second, cause }, weight, sound }) => {
      if (symptom === 'pass') return sum + weight * Math.log(1 - share);
      const way = wayOf(symptom, mainMode) * (second === null ? 1 : wayOf(second, mainMode));
      const said = cause !== null && wordsOfKnown.has(cause) ? scoring.otherWords : 1;
      return sum + weight * Math.log(Math.max(share * way * said, sound));
    },
    // Which way it is could not have been said before.
    Math.log(1 / scoring.ways),
  );

const wayOf = (symptom: Symptom, mainMode: Symptom | null): number =>
  symptom === mainMode ? scoring.otherMainMode : (1 - scoring.otherMainMode) / scoring.ways;

/** What some hypothesis says of itself. */
const wordsOfKnown = new Set(placedVariants.flatMap(({ effects }) => effects.flatMap(({ says }) => says ?? [])));
