import type { TestProject } from 'vitest/node';
import { type PythonPart, pythonParts, pythonWith } from './environment.ts';
import { jenkinsSchema } from './junit-schema.ts';
import { type LambdaRuntime, prepareLambdaRuntime } from './lambda-ric.ts';
import { platformPrograms } from './otherwise/programs.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { trySmallDisk } from './small-disk.ts';

export type RealPart = PythonPart | 'junit-schema' | 'postgres' | 'platform-programs' | 'small-disk';

/** Why a real part is missing; null if it is available. */
export type Missing = Readonly<Record<RealPart, string | null>>;

declare module 'vitest' {
  interface ProvidedContext {
    readonly missingParts: Missing;
    readonly lambdaRuntime: LambdaRuntime;
  }
}

/** On a build server a missing part is a failure. On a developer's machine its tests are skipped with the reason. */
const mustBeThere = process.env['CI'] === 'true';

const prepare = (part: RealPart, make: () => Promise<unknown>, needed = mustBeThere): Promise<string | null> =>
  make().then(
    () => null,
    (error: Error) => {
      if (needed) throw error;
      process.stderr.write(`the tests against the real ${part} are skipped: ${error.message}\n`);
      return error.message;
    },
  );

/** Runs before the tests of the project `real`, and only if there are any to run. */
export default async (project: TestProject): Promise<void> => {
  // Compiles while the others download.
  const runtime = prepareLambdaRuntime();
  const missing: Partial<Record<RealPart, string | null>> = {};
  // Sequentially: they share the installer.
  for (const part of pythonParts) missing[part] = await prepare(part, () => pythonWith(part));
  project.provide('missingParts', {
    ...(missing as Record<PythonPart, string | null>),
    'junit-schema': await prepare('junit-schema', jenkinsSchema),
    postgres: await prepare('postgres', postgresPrograms),
    'platform-programs': await prepare('platform-programs', platformPrograms),
    // Depends on the machine's permissions; there is nothing to install.
    'small-disk': await prepare('small-disk', trySmallDisk, false),
  });
  project.provide('lambdaRuntime', await runtime);
};
