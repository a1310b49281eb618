import { longestOpenEscape, openEscape } from './redact/escapes.ts';
import { type Needle, needlesOf, standardBase64 } from './redact/needles.ts';
import { decodedView, endOf, plainView, startOf, type View } from './redact/view.ts';
import { cutOut, findSecretShapes, type Range } from './secret-shapes.ts';

export type Redactor = (text: string) => string;

/** Levels of nested escapes to decode: a URL in a URL in JSON in HTML. */
const decodings = 4;

/** A guard against an endless loop: each round leaves less to find, so this is never reached. */
const rounds = 8;

/**
 * A function that replaces these secrets in a text by `[redacted]`, in every form in which a server could echo them:
 * any case, escaped for URLs, JSON or HTML (partly, or several times), in hexadecimal or base64 (at any alignment),
 * split by line breaks or invisible characters, or cut at the start or end of the text. It also replaces unknown
 * secrets by their shape (secret-shapes.ts). Linear in the length of the text, idempotent, never throws.
 */
export const createRedactor = (secrets: readonly string[]): Redactor => {
  const needles = [...new Set(secrets)].flatMap(needlesOf);
  const once: Redactor = (text) => cutOut(text, [...findSecretShapes(text), ...findSecrets(text, needles)]);
  return (text) => {
    let result = once(text);
    // A replacement can complete a shape that the secret interrupted. In practice the second round finds nothing.
    for (let round = 1, before = text; result !== before && round < rounds; round++) {
      before = result;
      result = once(before);
    }
    return result;
  };
};

const findSecrets = (text: string, needles: readonly Needle[]): readonly Range[] => {
  const ranges: Range[] = [];
  if (needles.length === 0) return ranges;
  let view: View | null = plainView(text);
  for (let depth = 0; view !== null && depth <= decodings; depth++) {
    const haystacks = { folded: view.folded, base64: standardBase64(view.text) };
    for (const needle of needles) {
      findWhole(view, haystacks[needle.kind], needle, ranges);
      ranges.push(...cutSecrets(view, haystacks[needle.kind], needle, text.length));
    }
    view = decodedView(view);
  }
  return ranges;
};

const findWhole = (view: View, haystack: string, needle: Needle, ranges: Range[]): void => {
  for (let at = haystack.indexOf(needle.text); at >= 0; at = haystack.indexOf(needle.text, at + 1))
    ranges.push(rangeOf(view, needle, at, at + needle.text.length));
};

/** A secret that the start or the end of the text cuts off. */
const cutSecrets = (view: View, haystack: string, needle: Needle, end: number): readonly Range[] => {
  const ranges: Range[] = [];
  const { length } = haystack;
  for (const until of new Set([length, length - openLength(haystack)])) {
    const count = overlap(
      haystack.slice(Math.max(0, until - needle.text.length + 1), until),
      needle.text,
      needle.cutEnd,
    );
    if (count > 0) ranges.push({ ...rangeOf(view, needle, until - count, until), end });
  }
  const head = haystack.slice(0, needle.text.length - 1);
  const count = overlap(needle.text, head, needle.cutStart);
  if (count > 0) ranges.push({ ...rangeOf(view, needle, 0, count), start: 0 });
  return ranges;
};

/** Length of an escape that the end of the text cuts off. */
const openLength = (haystack: string): number => openEscape.exec(haystack.slice(-longestOpenEscape))?.[0].length ?? 0;

/** Length of the longest end of `first` that `second` starts with; 0 if it is shorter than `least`. */
const overlap = (first: string, second: string, least: number): number => {
  const lead = second.slice(0, least);
  if (lead.length < least) return 0;
  for (let at = first.indexOf(lead); at >= 0; at = first.indexOf(lead, at + 1))
    if (second.startsWith(first.slice(at))) return first.length - at;
  return 0;
};

const rangeOf = (view: View, { before, after }: Needle, from: number, to: number): Range => ({
  start: startOf(view, Math.max(0, from - before)),
  end: endOf(view, Math.min(view.text.length, to + after) - 1),
});
