/** All that a raw text shows by itself, wherever it is printed. */
const mark = '[text from outside]';

let textOf: (raw: Raw) => string;

/**
 * Text that came from outside: from a server, a name server, a certificate, or an error that quotes one of them. It may hold the key,
 * and it may have any length. So it is not a string: nothing that shows or stores text accepts it, and a template, JSON or
 * `console.log` prints a fixed mark. Logic can compare it and send it back; only `keep` (keep.ts) makes a string of it.
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

  /** What follows a known beginning; null: it begins otherwise. */
  after(beginning: string): Raw | null {
    return this.#text.startsWith(beginning) ? Raw.from(this.#text.slice(beginning.length)) : null;
  }

  /** Which of the known words it is; null: another text. */
  oneOf<const Word extends string>(known: readonly Word[]): Word | null {
    return known.find((word) => word === this.#text) ?? null;
  }

  /** The groups of a form that begins with `^` and ends with `$`; null: it has another form, or is longer than any of them needs. */
  parts(form: RegExp): readonly Raw[] | null {
    const found = this.#text.length <= longestForm ? form.exec(this.#text) : null;
    return found === null ? null : found.slice(1).map((part: string | undefined) => Raw.from(part ?? ''));
  }

  hasForm(form: RegExp): boolean {
    return this.parts(form) !== null;
  }

  /** A whole number in decimal digits; null: another text. */
  integer(): number | null {
    return this.hasForm(/^\d{1,300}$/) ? Number(this.#text) : null;
  }

  split(separator: string): readonly Raw[] {
    return this.#text.split(separator).map(Raw.from);
  }

  /** Without the space around it, in lower case: how HTTP compares words. */
  folded(): Raw {
    return Raw.from(this.#text.trim().toLowerCase());
  }

  toString(): string {
    return mark;
  }

  toJSON(): string {
    return mark;
  }

  /** Node's `util.inspect`, and with it `console.log`. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return mark;
  }
}

/** Characters of a text that is held against a form: an artifact's URI is the longest that the flow reads. */
const longestForm = 2_048;

/** Our own words with raw values between them: raw again. */
export const phrase = (words: TemplateStringsArray, ...values: readonly (string | number | Raw)[]): Raw =>
  Raw.from(String.raw({ raw: words }, ...values.map((value) => (value instanceof Raw ? textOf(value) : value))));

export const joined = (raws: readonly Raw[], separator: string): Raw => Raw.from(raws.map(textOf).join(separator));

/**
 * The text itself. For what redacts and cuts it, and for what sends it back: test/architecture.test.ts names the files that may call it.
 */
export const reveal = (raw: Raw): string => textOf(raw);
