import type { TestProject } from 'vitest/node';
import { pythonWith, type RealPart } from './environment.ts';

/** Why a real part is not there; null: it is. */
export type Missing = Readonly<Record<RealPart, string | null>>;

declare module 'vitest' {
  interface ProvidedContext {
    readonly missingParts: Missing;
  }
}

/** On a build server a part that is missing is a failure; on a person's machine its tests are skipped, and it is said why. */
const prepare = (part: RealPart): Promise<string | null> =>
  pythonWith(part).then(
    () => null,
    (error: Error) => {
      if (process.env['CI'] === 'true') throw error;
      process.stderr.write(`the tests against the real ${part} are skipped: ${error.message}\n`);
      return error.message;
    },
  );

/** Runs before the tests of the project `real`, and only when there are such tests to run. */
export default async (project: TestProject): Promise<void> => {
  const mlflow = await prepare('mlflow');
  project.provide('missingParts', { mlflow, moto: await prepare('moto') });
};
