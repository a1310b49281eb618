import type { Raw } from '../raw/raw.ts';
import { Segment } from '../raw/segment.ts';
import type { ArtifactPath } from './addresses.ts';

/** Where an artifact URI leads. */
export type ArtifactPlace =
  | { readonly kind: 'proxied'; readonly path: ArtifactPath }
  /** To a store that MLflow does not pass on. */
  | { readonly kind: 'elsewhere' }
  /** To the proxy, by a path that could lead out of where it begins. */
  | { readonly kind: 'refused' };

const proxied = /^mlflow-artifacts:(?:\/\/[^/]*)?\/+([^/].*)$/s;

export const readArtifactUri = (uri: Raw): ArtifactPlace => {
  const [text] = uri.parts(proxied) ?? [];
  if (text === undefined) return { kind: 'elsewhere' };
  const pieces = text.split('/');
  const named = pieces.at(-1)?.is('') === true ? pieces.slice(0, -1) : pieces;
  const parts = named.map((part) => Segment.read(part));
  return parts.every((part) => part !== null) ? { kind: 'proxied', path: parts } : { kind: 'refused' };
};

/**
 * The folder that belongs to one run or logged model: MLflow names it after its id, with all of its artifacts in `artifacts` below.
 * Null: the path is not that one's.
 */
export const folderOf = (path: ArtifactPath, id: Segment): ArtifactPath | null => {
  const folder = path.at(-1)?.is('artifacts') === true ? path.slice(0, -1) : path;
  return folder.at(-1)?.equals(id) === true ? folder : null;
};
