import type { Diagnosis } from '../model/diagnosis.ts';
import { isSymptom } from '../model/predicates.ts';
import type { RoutedRequest } from '../model/requests.ts';
import { few } from '../wording/count.ts';
import { outsideLikenesses } from '../wording/outside.ts';
import { placesToLook } from '../wording/places.ts';
import { plainText } from '../wording/plain-text.ts';
import { untimed } from './entry.ts';

/** One line of help where no known cause explains the failures. */
export interface Hint {
  readonly label: 'looks like' | 'seen' | 'works' | 'look first';
  readonly text: string;
}

const shownAnswers = 3;
const shownPlaces = 3;
const shownNames = 4;

/**
 * Help for failures without a known cause: the servers' own words, what works, and the first places to look. Each
 * failure mode states its place; the most frequent modes come first.
 */
export const hintsFor = (all: readonly RoutedRequest[], { outside }: Pick<Diagnosis, 'outside'>): readonly Hint[] => {
  const symptoms = all.filter(isSymptom);
  return [
    ...outsideLikenesses(outside).map((text) => ({ label: 'looks like', text }) as const),
    ...mostFirst(symptoms, (one) => untimed(wordsOf(one)))
      .slice(0, shownAnswers)
      .map(
        ([, alike]) => ({ label: 'seen', text: `${wordsOf(alike[0])} (${few(namesOf(alike), shownNames)})` }) as const,
      ),
    ...working(all),
    ...placesToLook(symptoms, outside, shownPlaces).map((text) => ({ label: 'look first', text }) as const),
  ];
};

const wordsOf = ({ failureMode, evidence }: RoutedRequest): string =>
  plainText(evidence.summary) || (failureMode ?? '');

const namesOf = (some: readonly RoutedRequest[]): readonly string[] => some.map(({ id }) => plainText(id));

const mostFirst = (
  some: readonly RoutedRequest[],
  keyOf: (one: RoutedRequest) => string,
): readonly (readonly [string, readonly [RoutedRequest, ...RoutedRequest[]]])[] =>
  [...Map.groupBy(some, keyOf)]
    .flatMap(([key, [first, ...others]]) =>
      key === '' || first === undefined ? [] : [[key, [first, ...others]] as const],
    )
    .toSorted(([, a], [, b]) => b.length - a.length);

const passes = ({ status }: RoutedRequest): boolean => status === 'pass';

/** Hosts, and the flow, of which everything that was asked works. */
const working = (all: readonly RoutedRequest[]): readonly Hint[] => {
  const whole = [...Map.groupBy(all, ({ host }) => host)].flatMap(([host, asked]) =>
    asked.some(passes) && asked.every((one) => one.known || passes(one) || one.kind === 'clean-up') ? [host] : [],
  );
  return whole.length === 0 ? [] : [{ label: 'works', text: whole.map(plainText).join(', ') }];
};
