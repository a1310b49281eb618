import { isObject, type JsonObject, readObject } from '../classify/json.ts';
import { Raw, reveal } from './raw.ts';

/**
 * A JSON object from outside. A field that is absent or of another type reads as empty, so the caller finds it missing.
 */
export class RawJson {
  readonly #fields: JsonObject;

  private constructor(fields: JsonObject) {
    this.#fields = fields;
  }

  static readonly empty = new RawJson({});

  static from(text: Raw): RawJson {
    return new RawJson(readObject(reveal(text)) ?? {});
  }

  object(name: string): RawJson {
    const value = this.#fields[name];
    return new RawJson(isObject(value) ? value : {});
  }

  list(name: string): readonly RawJson[] {
    const value = this.#fields[name];
    return Array.isArray(value) ? value.filter(isObject).map((fields) => new RawJson(fields)) : [];
  }

  /**
   * A string, or a number as text, because versions are numbers in some responses. Replaces lone surrogates, because no
   * URL can contain them.
   */
  text(name: string): Raw {
    const value = this.#fields[name];
    return Raw.from(typeof value === 'string' || typeof value === 'number' ? String(value).toWellFormed() : '');
  }

  /**
   * The value of a key in a list of pairs, as MLflow writes tags, parameters and metrics. Null if there is none, or
   * more than one.
   */
  pair(list: string, key: string): Raw | null {
    const found = this.list(list).filter((pair) => pair.text('key').is(key));
    return found.length === 1 ? (found[0]?.text('value') ?? null) : null;
  }

  toJSON(): string {
    return '[JSON from outside]';
  }
}
