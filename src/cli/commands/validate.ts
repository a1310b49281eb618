import { Command } from 'commander';
import { examineSettings } from '../../config/load.ts';
import { renderProblems } from '../../config/problem.ts';
import { placeOf } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { readBaseline, readSource } from '../inputs.ts';
import type { Section } from '../interrupt.ts';
import { notEmpty } from '../parse.ts';
import { print, say } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { attempt, type Finding, localSecrets } from '../validate/references.ts';

interface ValidateOptions {
  readonly config?: string;
  readonly online?: boolean;
}

export const validateCommand = ({ exit, interrupt }: Context): Command =>
  new Command('validate')
    .description('check a configuration, and print its errors or a summary')
    .argument('[file]', 'configuration file', notEmpty)
    .option('--config <file>', 'configuration file, as for the other commands', notEmpty)
    .option('--online', 'also fetch the secrets, resolve every host, try the key, and reach the channels')
    .action(async (said: string | undefined, { config, online }: ValidateOptions) => {
      const file = fileOf(said, config);
      const { error, settings, notes } = await examineSettings(await readSource(file), Date.now());
      const baseline = settings.baseline === null ? [] : [await lookAtBaseline(settings.baseline)];
      const wrong = [...(error === null ? [] : [error.message]), ...unfit(baseline)];
      if (wrong.length > 0) {
        for (const line of [...wrong, ...(notes.length === 0 ? [] : [renderProblems(notes)])]) say(line);
        return exit(exitCodes.monitor);
      }
      const lines = [...summary(file, settings), ...(notes.length === 0 ? [] : [renderProblems(notes)])];
      if (online !== true) {
        const missing = unfit(await localSecrets(settings)).map((line) => `note: ${line}`);
        await print([...lines, ...missing, ''].join('\n'));
        return exit(exitCodes.fine);
      }
      await print([...lines, ''].join('\n'));
      const { lookOnline } = await import('../validate/online.ts');
      const found = await interrupt.during(looking, () => lookOnline(settings, interrupt.signal));
      await print(found.map(({ isFine, text }) => `  ${isFine ? '✓' : '✗'} ${text}\n`).join(''));
      exit(interrupt.exitCode() ?? (unfit(found).length === 0 ? exitCodes.fine : exitCodes.failing));
    });

const looking: Section = { says: () => null, left: () => [] };

/** @throws UsageError */
const fileOf = (said: string | undefined, config: string | undefined): string => {
  if (said !== undefined && config !== undefined && said !== config)
    throw new UsageError(`validate: ${said} and --config ${config} are two files: name one`);
  const file = said ?? config;
  if (file === undefined) throw new UsageError('validate: name the file, such as synthetics.yaml; init writes one');
  return file;
};

const lookAtBaseline = (file: string): Promise<Finding> =>
  attempt('', async () => {
    await readBaseline(file);
    return file;
  });

const unfit = (found: readonly Finding[]): readonly string[] =>
  found.filter(({ isFine }) => !isFine).map(({ text }) => text);

const summary = (file: string, settings: Settings): readonly string[] => {
  const { registration, network, targets, apiKey, keyHosts, baseline } = settings;
  return [
    `${file} is valid: environment ${settings.environment}, ${targets.filter(({ enabled }) => enabled).length} of ${targets.length} targets on`,
    `  key: ${apiKey === null ? 'none' : `${placeOf(apiKey)}; it is sent to ${keyHosts.join(', ')}`}`,
    `  name servers: ${network.dnsServers === null ? "the system's" : network.dnsServers.join(', ')}; ${network.connectTo.length} connectTo entries${network.proxy === null ? '' : `; proxy: ${network.proxy}`}`,
    `  registration flow: ${registration.enabled ? `through ${registration.through}` : 'off'}`,
    `  baseline: ${baseline ?? 'none'}`,
  ];
};
