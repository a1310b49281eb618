import { nearest } from '../config/nearest.ts';

/** A name that can be explained, and the words that describe it. */
interface Named {
  readonly id: string;
  readonly title: string;
}

const shownNames = 3;

/** Shorter words, such as `of`, are in too many titles. */
const shortestWord = 3;

/** The closest spelling, or else the names whose id or title has the most of the words; empty: none is close. */
export const suggestions = (said: string, known: readonly Named[]): readonly string[] => {
  const spelled = nearest(
    said,
    known.map(({ id }) => id),
  );
  if (spelled !== null) return [spelled];
  const words = [...new Set(wordsOf(said))];
  const scored = known
    .map(({ id, title }) => {
      const own = new Set(wordsOf(`${id} ${title}`));
      return { id, shared: words.filter((word) => own.has(word)).length };
    })
    .filter(({ shared }) => shared > 0);
  const most = Math.max(...scored.map(({ shared }) => shared));
  const best = [...new Set(scored.filter(({ shared }) => shared === most).map(({ id }) => id))];
  // One common word, such as `registry`, is in the names of half the targets.
  return best.length > shownNames ? [] : best;
};

/** `upload-model` and `uploadModel` are two words each. */
const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length >= shortestWord);
