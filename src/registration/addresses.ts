import type { Ways } from './state.ts';

interface OnItsWays {
  readonly ways: Ways;
}

export const api = ({ ways }: OnItsWays, path: string): string => `${ways.through}/api/2.0/mlflow/${path}`;

/** An artifact by its path at MLflow's artifact proxy; without a path, the listing. */
export const artifact = ({ ways }: OnItsWays, path: string | null = null): string =>
  `${ways.through}/api/2.0/mlflow-artifacts/artifacts${path === null ? '' : `/${path.split('/').map(encodeURIComponent).join('/')}`}`;

/** The path of an artifact URI at the artifact proxy; null: MLflow does not pass this artifact on. */
export const artifactPath = (uri: string): string | null => {
  const root = /^mlflow-artifacts:(?:\/\/[^/]*)?\//.exec(uri)?.[0] ?? uri;
  let start = root.length;
  let end = uri.length;
  while (uri[start] === '/') start += 1;
  while (end > start && uri[end - 1] === '/') end -= 1;
  return start === end ? null : uri.slice(start, end);
};
