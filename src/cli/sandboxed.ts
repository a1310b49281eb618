import { InvalidArgumentError, Option } from 'commander';
import { type GenerationName, generations } from '../sandbox/generations.ts';
import { startSandboxThread, type ThreadedSandbox } from '../sandbox/start-thread.ts';
import { collect } from './parse.ts';

/** Fresh ones each time: commander keeps the values in them. */
export const scenarioOption = (): Option =>
  new Option('--scenario <id>', 'break the sandbox in this way; can be repeated (sandbox --list names them)')
    .argParser(collect)
    .default([]);

export const generationOption = (): Option =>
  new Option('--generation <year>', "the sandbox's model of the platform")
    .choices(Object.keys(generations))
    .default('2026');

export const mlflowOption = (): Option =>
  new Option('--mlflow <url>', "a real MLflow server in place of the sandbox's stand-in").argParser((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || url.protocol !== 'http:')
      throw new InvalidArgumentError('Give its address, like http://127.0.0.1:5000.');
    return url.origin;
  });

export const paceOption = (): Option =>
  new Option('--pace <factor>', "the sandbox's waits: 1 is a tenth of the platform's, 10 the platform's own")
    .argParser((text) => {
      const pace = Number(text);
      if (!(pace >= 0.5 && pace <= 10)) throw new InvalidArgumentError('Give a number from 0.5 to 10.');
      return pace;
    })
    .default(1);

export interface SandboxFlags {
  readonly scenario: readonly string[];
  readonly generation: GenerationName;
  readonly mlflow?: string;
  readonly pace: number;
}

/** Runs work against a sandbox of its own, which is gone afterwards, whatever happened. */
export const withSandbox = async <T>(
  { scenario, generation, mlflow, pace }: SandboxFlags,
  work: (sandbox: ThreadedSandbox) => Promise<T>,
): Promise<T> => {
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
