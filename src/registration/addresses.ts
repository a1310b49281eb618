import { joined, type Raw } from '../raw/raw.ts';
import { Segment } from '../raw/segment.ts';

/** Where the flow talks to MLflow. */
export interface BaseUrls {
  /** `/api/2.0/mlflow` and `/api/2.0/mlflow-artifacts` are below it. */
  readonly through: string;
  /** Bases of `registered-models/delete` and its like, the user's own way first. */
  readonly deleteThrough: readonly string[];
}

interface WithBaseUrls {
  readonly ways: BaseUrls;
}

/** All of MLflow's API that the flow uses, below /api/2.0/mlflow. */
type Route =
  | `experiments/${'create' | 'get-by-name' | 'restore'}`
  | 'logged-models'
  | 'logged-models/search'
  | `model-versions/${'create' | 'get' | 'get-download-uri' | 'search'}`
  | `registered-models/${'alias' | 'create' | 'get' | 'search'}`
  | `runs/${'create' | 'delete' | 'get' | 'log-batch' | 'outputs' | 'search' | 'update'}`;

/** Those that are deleted through a base of their own. */
type DeletionRoute = 'model-versions/delete' | `registered-models/${'alias' | 'delete'}`;

/** A place in MLflow's API: parts below a base that is ours. */
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

/** The path of an artifact at MLflow's artifact proxy. */
export type ArtifactPath = readonly Segment[];

/** Without a path, the listing. */
export const artifact = ({ ways }: WithBaseUrls, path: ArtifactPath = []): Place => ({
  base: `${ways.through}/api/2.0/mlflow-artifacts/artifacts`,
  parts: path,
});

export const pathText = (path: ArtifactPath): Raw => joined(path, '/');
