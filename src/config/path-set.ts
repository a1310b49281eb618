import type { Path } from './config-errors.ts';

/** Paths of a document, to ask whether another one leads through one of them: there may be as many as lines. */
export class PathSet {
  readonly #keys: ReadonlySet<string>;

  constructor(paths: readonly Path[]) {
    this.#keys = new Set(paths.map(keyOf));
  }

  has(path: Path): boolean {
    return this.#keys.has(keyOf(path));
  }

  /** Whether one of them is the path itself or above it. */
  covers(path: Path): boolean {
    return [...path, ''].some((_, depth) => this.has(path.slice(0, depth)));
  }
}

const keyOf = (path: Path): string => JSON.stringify(path);
