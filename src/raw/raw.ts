/** What raw text shows wherever it is printed. */
const mark = '[text from outside]';

let textOf: (raw: Raw) => string;

/**
 * Text from outside: from a server, a name server, a certificate, or an error that quotes one of them. It may contain
 * the key and have any length. So it is not a string: nothing that shows or stores text accepts it, and a template,
 * JSON or `console.log` prints a fixed mark. Logic can compare it and send it back. Only `keep` (keep.ts) turns it into
 * a string.
 */
export class Raw {
  readonly #text: string;

  static {
    textOf = (raw) => raw.#text;
  }

  protected constructor(text: string) {
    this.#text = text;
  }

  static from(text: string): Raw {
    return new Raw(text);
  }

  get length(): number {
    return this.#text.length;
  }

  is(known: string): boolean {
    return this.#text === known;
  }

  equals(other: Raw): boolean {
    return this.#text === other.#text;
  }

  /** The rest after a known beginning. Null if the text begins otherwise. */
  after(beginning: string): Raw | null {
    return this.#text.startsWith(beginning) ? Raw.from(this.#text.slice(beginning.length)) : null;
  }

  /** The known word that this text equals. Null if there is none. */
  oneOf<const Word extends string>(known: readonly Word[]): Word | null {
    return known.find((word) => word === this.#text) ?? null;
  }

  /**
   * The groups of a pattern that begins with `^` and ends with `$`. Null if the text does not match, or is longer than
   * any pattern needs.
   */
  parts(form: RegExp): readonly Raw[] | null {
    const found = this.#text.length <= longestForm ? form.exec(this.#text) : null;
    return found === null ? null : found.slice(1).map((part: string | undefined) => Raw.from(part ?? ''));
  }

  hasForm(form: RegExp): boolean {
    return this.parts(form) !== null;
  }

  /** A whole number in decimal digits. Null for any other text. */
  integer(): number | null {
    return this.hasForm(/^\d{1,300}$/) ? Number(this.#text) : null;
  }

  /** Whether it is this number, in whatever form: `3`, `3.0`, `3e0`. */
  isNumber(known: number): boolean {
    return this.#text.trim() !== '' && Number(this.#text) === known;
  }

  split(separator: string): readonly Raw[] {
    return this.#text.split(separator).map(Raw.from);
  }

  /** Trimmed and in lower case, as HTTP compares words. */
  folded(): Raw {
    return Raw.from(this.#text.trim().toLowerCase());
  }

  toString(): string {
    return mark;
  }

  toJSON(): string {
    return mark;
  }

  /** For Node's `util.inspect`, and so for `console.log`. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return mark;
  }
}

/** Characters of text that is matched against a pattern. The longest text that the flow reads is an artifact's URI. */
const longestForm = 2_048;

/** Our own words with raw values in between. The result is raw. */
export const phrase = (words: TemplateStringsArray, ...values: readonly (string | number | Raw)[]): Raw =>
  Raw.from(String.raw({ raw: words }, ...values.map((value) => (value instanceof Raw ? textOf(value) : value))));

export const joined = (raws: readonly Raw[], separator: string): Raw => Raw.from(raws.map(textOf).join(separator));

/**
 * The text itself. Only for code that redacts and cuts it or sends it back: test/architecture.test.ts lists the files
 * that may call it.
 */
export const reveal = (raw: Raw): string => textOf(raw);
