import type { Path } from './config-errors.ts';

/** A set of document paths with fast look-up of their prefixes: there can be one per line. */
export class PathSet {
  readonly #keys: ReadonlySet<string>;

  constructor(paths: readonly Path[]) {
    this.#keys = new Set(paths.map(keyOf));
  }

  has(path: Path): boolean {
    return this.#keys.has(keyOf(path));
  }

  /** Whether it holds the path or a prefix of it. */
  covers(path: Path): boolean {
    return [...path, ''].some((_, depth) => this.has(path.slice(0, depth)));
  }
}

const keyOf = (path: Path): string => JSON.stringify(path);
