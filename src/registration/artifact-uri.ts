import { type Hop, paths } from '../platform/hops.ts';
import { addressBelow } from '../raw/address.ts';
import { readLocation } from '../raw/location.ts';
import { phrase, type Raw } from '../raw/raw.ts';
import { Segment } from '../raw/segment.ts';
import type { ArtifactPath, BaseUrls } from './addresses.ts';

/** Files behind an artifact proxy. */
export interface ProxiedFiles {
  readonly kind: 'proxied';
  /** Base URL of the server, which need not be the tracking server. */
  readonly base: string;
  readonly path: ArtifactPath;
  /** What a request for them crosses. */
  readonly hops: readonly Hop[];
}

/** Files that clients reach and this prober does not. */
interface OtherFiles {
  readonly kind: 'out-of-reach';
  /** Inconclusive if a configuration could change it. */
  readonly status: 'skipped' | 'inconclusive';
  readonly why: Raw;
  /** Null with a store that has no artifact proxy. */
  readonly path: ArtifactPath | null;
}

/** Where the files of a run or a logged model are. */
export type RemoteFiles = ProxiedFiles | OtherFiles;

/** Target of an artifact URI. */
type ArtifactPlace =
  | RemoteFiles
  /** A folder of the machine on which the client runs. */
  | { readonly kind: 'local' }
  /** The proxy, with an address that MLflow's client refuses or a path that could leave its root, or no store at all. */
  | { readonly kind: 'refused' };

/**
 * MLflow's own schemes that are no stores. Clients transfer files to any other, if need be with a plugin
 * (mlflow/store/artifact/artifact_repository_registry.py).
 */
const notStores = ['mlflow-artifacts', 'runs', 'models'] as const;

/** MLflow's client takes a path without a slash in front too. */
const proxied = /^mlflow-artifacts:(?:\/\/([^/]*)\/+|\/?)([^/].*)$/s;

/**
 * Resolves an artifact URI as MLflow's client does (mlflow/store/artifact/mlflow_artifacts_repo.py): scheme and path
 * prefix are those of the tracking server, and so is the host if the URI names none.
 */
export const readArtifactUri = (uri: Raw, ways: BaseUrls): ArtifactPlace => {
  const [authority, text] = uri.parts(proxied) ?? [];
  if (authority === undefined || text === undefined) return withoutProxy(uri);
  const pieces = text.split('/');
  const named = pieces.at(-1)?.is('') === true ? pieces.slice(0, -1) : pieces;
  const path = named.map((part) => Segment.read(part));
  return path.every((part) => part !== null) ? serverAt(authority, ways, path) : { kind: 'refused' };
};

/** MLflow's client takes a number alone for a port without a host, and refuses it. */
const isHost = (authority: Raw): boolean => authority.hasForm(/^[\w.:[\]-]+$/) && authority.integer() === null;

const serverAt = (authority: Raw, { through, keyHosts }: BaseUrls, path: ArtifactPath): ArtifactPlace => {
  if (authority.is('')) return { kind: 'proxied', base: through, path, hops: paths.proxyToArtifacts };
  const at = isHost(authority) ? readLocation(phrase`//${authority}/`, addressBelow(through, [])) : null;
  if (at === null) return { kind: 'refused' };
  const host = at.hostname.oneOf(keyHosts);
  if (host !== null) {
    const base = `https://${host}:${at.port.integer() ?? 443}${through.slice(new URL(through).origin.length)}`;
    const isTracking = new URL(base).host === new URL(through).host;
    return { kind: 'proxied', base, path, hops: isTracking ? paths.proxyToArtifacts : paths.artifactServer };
  }
  const why = phrase`the artifacts are on ${at.hostname}, not a platform host; to send it the key too: credentials: { allowedHosts: ["${at.hostname}"] }`;
  return { kind: 'out-of-reach', status: 'inconclusive', why, path };
};

const withoutProxy = (uri: Raw): ArtifactPlace => {
  const scheme = uri.parts(/^([a-z][a-z0-9+.-]+):.*$/is)?.[0]?.folded();
  if (scheme === undefined || scheme.is('file')) return { kind: 'local' };
  if (scheme.oneOf(notStores) !== null) return { kind: 'refused' };
  const why = phrase`clients transfer the artifacts to ${scheme}:// themselves, without MLflow; this prober does not`;
  return { kind: 'out-of-reach', status: 'skipped', why, path: null };
};

/**
 * The folder of one run or logged model. MLflow names it after the id and puts all artifacts into `artifacts` below.
 * Null if the path belongs to something else.
 */
export const folderOf = (path: ArtifactPath, id: Segment): ArtifactPath | null => {
  const folder = path.at(-1)?.is('artifacts') === true ? path.slice(0, -1) : path;
  return folder.at(-1)?.equals(id) === true ? folder : null;
};
