import type { Raw } from '../raw/raw.ts';
import { Segment } from '../raw/segment.ts';
import type { ArtifactPath } from './addresses.ts';

/** Target of an artifact URI. */
export type ArtifactPlace =
  | { readonly kind: 'proxied'; readonly path: ArtifactPath }
  /** A store that MLflow does not proxy. */
  | { readonly kind: 'elsewhere' }
  /** The proxy, with a path that could leave its root. */
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
 * The folder of one run or logged model. MLflow names it after the id and puts all artifacts into `artifacts` below.
 * Null if the path belongs to something else.
 */
export const folderOf = (path: ArtifactPath, id: Segment): ArtifactPath | null => {
  const folder = path.at(-1)?.is('artifacts') === true ? path.slice(0, -1) : path;
  return folder.at(-1)?.equals(id) === true ? folder : null;
};
