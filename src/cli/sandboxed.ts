import { type Command, InvalidArgumentError, Option } from 'commander';
import { nearest } from '../config/nearest.ts';
import { faults } from '../sandbox/faults/faults.ts';
import { type GenerationName, generations } from '../sandbox/generations.ts';
import { startSandboxThread, type ThreadedSandbox } from '../sandbox/start-thread.ts';
import { collect, numberBetween } from './parse.ts';
import { UsageError } from './usage-error.ts';

/** A new one for each command, because commander stores the value in it. */
export const scenarioOption = (): Option =>
  new Option('--scenario <id>', 'break the sandbox in this way; repeatable (sandbox --list shows them)')
    .argParser(collect)
    .default([], 'none');

export const generationOption = (): Option =>
  new Option('--generation <year>', "the sandbox's model of the platform")
    .choices(Object.keys(generations))
    .default('2026');

export const mlflowOption = (): Option =>
  new Option('--mlflow <url>', "a real MLflow server in place of the sandbox's stand-in").argParser((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || url.protocol !== 'http:' || url.port === '0' || url.href !== `${url.origin}/`)
      throw new InvalidArgumentError('Give its address without a path, like http://127.0.0.1:5000.');
    return url.origin;
  });

export const paceOption = (): Option =>
  new Option('--pace <factor>', "the sandbox's delays: 1 is a tenth of the platform's, 10 is as slow as the platform")
    .argParser(numberBetween(0.5, 10))
    .default(1);

export interface SandboxFlags {
  readonly scenario: readonly string[];
  readonly generation: GenerationName;
  readonly mlflow?: string;
  readonly pace: number;
}

/** Refuses sandbox options without --sandbox: they would be ignored, and the real platform probed. @throws UsageError */
export const assertSandboxed = (command: Command): void => {
  const said = ['scenario', 'generation', 'mlflow', 'pace'].find(
    (name) => command.getOptionValueSource(name) === 'cli',
  );
  if (said === undefined) return;
  throw new UsageError(
    said === 'scenario'
      ? '--scenario breaks the sandbox, so it goes with --sandbox (npm start does both)'
      : `--${said} is about the sandbox, so it goes with --sandbox`,
  );
};

/** @param lead start of the message about an unknown fault. @throws UsageError */
export const assertFaults = (lead: (id: string) => string, ids: readonly string[]): void => {
  const unknown = ids.find((id) => !Object.hasOwn(faults, id));
  if (unknown === undefined) return;
  const suggestion = nearest(unknown, Object.keys(faults));
  const wayOut = suggestion === null ? 'sandbox --list shows them' : `did you mean ${suggestion}?`;
  throw new UsageError(`${lead(unknown)}; ${wayOut}`);
};

/** Runs the work against a new sandbox, and always closes it afterwards. */
export const withSandbox = async <T>(
  { scenario, generation, mlflow, pace }: SandboxFlags,
  work: (sandbox: ThreadedSandbox) => Promise<T>,
): Promise<T> => {
  assertFaults((id) => `no scenario "${id}"`, scenario);
  const sandbox = await startSandboxThread({
    options: { generation, mlflowUrl: mlflow ?? null, pace },
    faultIds: scenario,
  });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
};
