import { redacted } from '../secret-shapes.ts';
import { decodeAt } from './escapes.ts';

/** One reading of a text. */
export interface View {
  readonly text: string;
  /** In lower case, character by character, for comparisons that ignore case. */
  readonly folded: string;
  /** The range of the original that each character stands for; null: the same index. */
  readonly places: { readonly start: Uint32Array; readonly end: Uint32Array } | null;
}

/** Stands for `[redacted]`, so that no match spans it. Unicode guarantees that U+FFFF is not a character. */
const barrier = 0xffff;

const carriageReturn = 13;
const lineFeed = 10;

/** Controls, soft hyphens, zero-width and directional marks; not the tags of emoji. */
const isInvisible = (code: number): boolean =>
  code < 32 ||
  (code >= 0x7f && code <= 0x9f) ||
  code === 0xad ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x206f) ||
  code === 0xfeff;

class Builder {
  readonly #codes: Uint16Array;
  readonly #start: Uint32Array;
  readonly #end: Uint32Array;
  #length = 0;
  #lineBegins = false;

  constructor(capacity: number) {
    this.#codes = new Uint16Array(capacity);
    this.#start = new Uint32Array(capacity);
    this.#end = new Uint32Array(capacity);
  }

  /** Drops invisible characters, and the indentation of folded lines. */
  push(code: number, start: number, end: number): void {
    if (isInvisible(code)) {
      this.#lineBegins ||= code === lineFeed || code === carriageReturn;
      return;
    }
    if (this.#lineBegins && code === 32) return;
    this.#lineBegins = false;
    this.#codes[this.#length] = code;
    this.#start[this.#length] = start;
    this.#end[this.#length] = end;
    this.#length++;
  }

  view(): View {
    const codes = this.#codes.subarray(0, this.#length);
    const text = toText(codes);
    for (let index = 0; index < codes.length; index++) codes[index] = fold(codes[index] ?? 0);
    return { text, folded: toText(codes), places: { start: this.#start, end: this.#end } };
  }
}

const toText = (codes: Uint16Array): string =>
  Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength).toString('utf16le');

/** Lower case, also of the Kelvin sign, the Turkish i and the long s: case conversion can turn letters of a key into them. */
const fold = (code: number): number => {
  if (code >= 65 && code <= 90) return code + 32;
  if (code === 0x212a) return 107;
  if (code === 0x130 || code === 0x131) return 105;
  return code === 0x17f ? 115 : code;
};

/** Printable ASCII without escapes, like most texts: nothing to decode. */
const isSimple = (text: string): boolean => /^[ -$'-[\]-~]*$/.test(text) && !text.includes(redacted);

/** The text without invisible characters. */
export const plainView = (text: string): View => {
  if (isSimple(text)) return { text, folded: text.toLowerCase(), places: null };
  const builder = new Builder(text.length);
  let hole = text.indexOf(redacted);
  for (let index = 0; index < text.length; index++) {
    if (index === hole) {
      builder.push(barrier, index, index + redacted.length);
      index += redacted.length - 1;
      hole = text.indexOf(redacted, index + 1);
    } else builder.push(text.charCodeAt(index), index, index + 1);
  }
  return builder.view();
};

/** The view with every escape decoded once; null: it has none. */
export const decodedView = (view: View): View | null => {
  const { text } = view;
  if (!/[%\\&]/.test(text)) return null;
  const builder = new Builder(text.length);
  let changed = false;
  for (let index = 0; index < text.length; ) {
    const found = decodeAt(text, index);
    // A character that was dropped in between breaks the escape for every reader: `%`, a line break, `AA`.
    const decoded = found !== null && isConnected(view, index, found.length) ? found : null;
    const length = decoded?.length ?? 1;
    // Keys hold no characters beyond the basic plane: this one only has to separate its neighbours.
    const code = decoded === null ? text.charCodeAt(index) : Math.min(decoded.code, barrier);
    builder.push(code, startOf(view, index), endOf(view, index + length - 1));
    changed ||= decoded !== null;
    index += length;
  }
  return changed ? builder.view() : null;
};

const isConnected = (view: View, from: number, length: number): boolean => {
  for (let index = from; index < from + length - 1; index++)
    if (endOf(view, index) !== startOf(view, index + 1)) return false;
  return true;
};

/** Start of a character of the view in the original. */
export const startOf = ({ places }: View, index: number): number =>
  places === null ? index : (places.start[index] ?? 0);

/** Its end, exclusive. */
export const endOf = ({ places }: View, index: number): number =>
  places === null ? index + 1 : (places.end[index] ?? 0);
