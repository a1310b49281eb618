/** An answer of AWS, parsed and not yet checked. XML and JSON differ only in how they write lists. */
export type Tree = unknown;

/** The answer lacks what its API promises, so nothing can be read from it. */
export class UnexpectedForm extends Error {
  override readonly name = 'UnexpectedForm';
}

export const isRecord = (tree: Tree): tree is Readonly<Record<string, unknown>> =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree);

/** A child; undefined if it is absent. */
export const child = (tree: Tree, ...path: readonly string[]): Tree => {
  let at = tree;
  for (const name of path) at = isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return at;
};

/** @throws UnexpectedForm if it is absent */
export const text = (tree: Tree, ...path: readonly string[]): string => {
  const found = child(tree, ...path);
  if (typeof found === 'string') return found;
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  throw new UnexpectedForm(`${path.join('.')} is missing`);
};

export const optional = (tree: Tree, ...path: readonly string[]): string | null => {
  const found = child(tree, ...path);
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  return typeof found === 'string' && found !== '' ? found : null;
};

/** @throws UnexpectedForm if it is absent or no number */
export const number = (tree: Tree, ...path: readonly string[]): number => {
  const value = Number(text(tree, ...path));
  if (!Number.isFinite(value)) throw new UnexpectedForm(`${path.join('.')} is not a number`);
  return value;
};

/** Milliseconds since the epoch, from JSON's seconds or XML's ISO 8601; null if it is absent. */
export const moment = (tree: Tree, ...path: readonly string[]): number | null => {
  const found = child(tree, ...path);
  if (typeof found === 'number') return found * 1_000;
  const at = typeof found === 'string' ? Date.parse(found) : Number.NaN;
  return Number.isNaN(at) ? null : at;
};

/** Names of list entries in XML. */
const entryNames = ['member', 'item'] as const;

/**
 * A list. XML writes an empty one as an empty element, and one entry without a list around it.
 *
 * @param entry the name of the entries in XML, if it is not `member` or `item`
 * @throws UnexpectedForm if it is absent: an answer without its list is not an empty list
 */
export const list = (tree: Tree, path: readonly string[], entry?: string): readonly Tree[] => {
  const found = child(tree, ...path);
  if (Array.isArray(found)) return found;
  if (found === '') return [];
  const name = [...(entry === undefined ? [] : [entry]), ...entryNames].find((one) => child(found, one) !== undefined);
  if (name !== undefined) {
    const entries = child(found, name);
    return Array.isArray(entries) ? entries : [entries];
  }
  throw new UnexpectedForm(`${path.join('.')} is missing`);
};

/** A list that may be absent, because the API leaves empty ones out. */
export const optionalList = (tree: Tree, path: readonly string[], entry?: string): readonly Tree[] =>
  child(tree, ...path) === undefined ? [] : list(tree, path, entry);

/** Entries that are texts. */
export const texts = (trees: readonly Tree[]): readonly string[] =>
  trees.filter((one): one is string => typeof one === 'string');
