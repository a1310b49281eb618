import { afterAll, beforeAll, inject } from 'vitest';
import type { RealPart } from './global-setup.ts';
import { type RealMlflow, type RealMlflowOptions, startRealMlflow } from './mlflow-server.ts';

/** A server that some of a file's tests need. */
export interface Wanted {
  readonly title: string;
  readonly parts: readonly RealPart[];
  readonly options: RealMlflowOptions;
}

/**
 * Starts a file's servers in parallel before its tests, because most of a start is waiting. Leaves out servers whose
 * parts are unavailable.
 *
 * @returns a function that gives a test the server with this title. @throws if there is none.
 */
export const startTogether = (wanted: readonly Wanted[]): ((title: string) => RealMlflow) => {
  const servers = new Map<string, RealMlflow>();
  beforeAll(async () => {
    const missing = inject('missingParts');
    const possible = wanted.filter(({ parts }) => parts.every((part) => missing[part] === null));
    await Promise.all(possible.map(async ({ title, options }) => servers.set(title, await startRealMlflow(options))));
  });
  afterAll(async () => {
    await Promise.all([...servers.values()].map((server) => server.close()));
  });
  return (title) => {
    const server = servers.get(title);
    if (server === undefined) throw new Error(`the MLflow server "${title}" was not started`);
    return server;
  };
};
