import { redacted } from '../secret-shapes.ts';
import { decodeAt } from './escapes.ts';

/** A text as somebody might read it. */
export interface View {
  readonly text: string;
  /** Letters in lower case, character by character: what is compared where case does not matter. */
  readonly folded: string;
  /** Which part of the original each character stands for; null: the character at the same place. */
  readonly places: { readonly start: Uint32Array; readonly end: Uint32Array } | null;
}

/** Stands for what is redacted already, so that nothing is found across it. Unicode guarantees that it is no character. */
const barrier = 0xffff;

const carriageReturn = 13;
const lineFeed = 10;

/** Characters that nobody sees: controls, soft hyphens, zero-width and directional marks, tags of emoji aside. */
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

  /** Leaves out what nobody sees, and the indentation of a line that was folded. */
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

/** The Kelvin sign and the dotless i of Turkish are what an upper-cased key can come back as. */
const fold = (code: number): number => {
  if (code >= 65 && code <= 90) return code + 32;
  if (code === 0x212a) return 107;
  if (code === 0x130 || code === 0x131) return 105;
  return code === 0x17f ? 115 : code;
};

/** Of printable ASCII, and without what begins an escape: most texts are so, and then there is nothing to read into them. */
const isSimple = (text: string): boolean => /^[ -$'-[\]-~]*$/.test(text) && !text.includes(redacted);

/** A text as it stands, without what nobody sees. */
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

/** The view with every escape read once; null: there is none in it. */
export const decodedView = (view: View): View | null => {
  const { text } = view;
  if (!/[%\\&]/.test(text)) return null;
  const builder = new Builder(text.length);
  let changed = false;
  for (let index = 0; index < text.length; ) {
    const found = decodeAt(text, index);
    // What was left out between them kept the characters apart for every reader: `%`, a line break, `AA`.
    const decoded = found !== null && isConnected(view, index, found.length) ? found : null;
    const length = decoded?.length ?? 1;
    // A character beyond the basic plane is none of a key's; it only has to keep its neighbours apart.
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

/** Where a character of the view begins in the original. */
export const startOf = ({ places }: View, index: number): number =>
  places === null ? index : (places.start[index] ?? 0);

/** Where it ends, exclusive. */
export const endOf = ({ places }: View, index: number): number =>
  places === null ? index + 1 : (places.end[index] ?? 0);
