import { joined, type Raw } from '../raw/raw.ts';
import { Segment } from '../raw/segment.ts';

/** Base URLs for requests to MLflow. */
export interface BaseUrls {
  /** The parent of `/api/2.0/mlflow` and `/api/2.0/mlflow-artifacts`. */
  readonly through: string;
  /** Base URLs for deletions such as `registered-models/delete`, the user's own first. */
  readonly deleteThrough: readonly string[];
  /** Hosts that may receive the key. */
  readonly keyHosts: readonly string[];
}

interface WithBaseUrls {
  readonly ways: BaseUrls;
}

/** The routes below /api/2.0/mlflow that the flow uses. */
type Route =
  | `experiments/${'create' | 'get-by-name' | 'restore'}`
  | 'logged-models'
  | 'logged-models/search'
  | `model-versions/${'create' | 'get' | 'get-download-uri' | 'search'}`
  | `registered-models/${'alias' | 'create' | 'get' | 'search'}`
  | `runs/${'create' | 'delete' | 'get' | 'log-batch' | 'outputs' | 'search' | 'update'}`;

/** Deletions that have their own base URL. */
type DeletionRoute = 'model-versions/delete' | `registered-models/${'alias' | 'delete'}`;

/** A route of MLflow's API: path segments below one of our base URLs. */
export interface Place {
  readonly base: string;
  readonly parts: readonly Segment[];
}

const partsOf = (route: Route | DeletionRoute): readonly Segment[] => route.split('/').map(Segment.own);

export const api = ({ ways }: WithBaseUrls, route: Route, ...ids: readonly Segment[]): Place => ({
  base: `${ways.through}/api/2.0/mlflow`,
  parts: [...partsOf(route), ...ids],
});

export const deletionBelow = (base: string, route: DeletionRoute): Place => ({ base, parts: partsOf(route) });

/** Path of an artifact at MLflow's artifact proxy. */
export type ArtifactPath = readonly Segment[];

/** The listing if there is no path. */
export const artifact = ({ base }: { readonly base: string }, path: ArtifactPath = []): Place => ({
  base: `${base}/api/2.0/mlflow-artifacts/artifacts`,
  parts: path,
});

export const pathText = (path: ArtifactPath): Raw => joined(path, '/');
