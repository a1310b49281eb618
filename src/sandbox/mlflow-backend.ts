import { type ArtifactStore, startArtifactStore } from './mlflow/artifact-store.ts';
import { type Database, startDatabase } from './mlflow/database.ts';
import { type MlflowServer, startMlflow } from './mlflow/server.ts';

/** The MLflow stand-in with its backends. */
export interface StandIn {
  readonly database: Database;
  readonly artifacts: ArtifactStore;
  readonly server: MlflowServer;
  close(): Promise<void>;
}

interface Backend {
  readonly location: { readonly upstream: URL; readonly prefixed: boolean };
  /** Null with a real server. */
  readonly standIn: StandIn | null;
}

/** The sandbox platform's MLflow: the stand-in, or a real server at this address. */
export const startBackend = async (mlflowUrl: string | null): Promise<Backend> => {
  if (mlflowUrl !== null) {
    const upstream = new URL(mlflowUrl);
    // A server that does not answer is assumed to have the prefix, as deployed.
    const prefixed = await fetch(new URL('/mlflow/health', upstream), { signal: AbortSignal.timeout(2_000) }).then(
      ({ status }) => status !== 404,
      () => true,
    );
    return { location: { upstream, prefixed }, standIn: null };
  }
  const standIn = await startStandIn();
  return { location: { upstream: new URL(standIn.server.url), prefixed: true }, standIn };
};

const startStandIn = async (): Promise<StandIn> => {
  const password = 'sandbox';
  const [database, artifacts] = await Promise.all([startDatabase({ password }), startArtifactStore()]);
  const server = await startMlflow({
    staticPrefix: '/mlflow',
    database: { host: database.host, port: database.port, user: database.user, password },
    artifactStore: { url: artifacts.url },
  });
  return {
    database,
    artifacts,
    server,
    close: async () => {
      await server.close();
      await Promise.all([database.close(), artifacts.close()]);
    },
  };
};
