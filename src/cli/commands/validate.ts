import { Command } from 'commander';
import { examineSettings } from '../../config/load.ts';
import { renderProblems } from '../../config/problem.ts';
import { placeOf } from '../../config/secrets.ts';
import type { Context } from '../context.ts';
import { readBaseline, readSource } from '../inputs.ts';
import { notEmpty } from '../parse.ts';
import { print } from '../print.ts';

export const validateCommand = ({ exit }: Context): Command =>
  new Command('validate')
    .description('check a configuration, and print its errors or a summary')
    .requiredOption('--config <file>', 'configuration file', notEmpty)
    .action(async ({ config }: { readonly config: string }) => {
      const { settings, notes } = await examineSettings(await readSource(config));
      if (settings.baseline !== null) await readBaseline(settings.baseline);
      const enabled = settings.targets.filter((target) => target.enabled);
      const { registration } = settings;
      const { dnsServers, connectTo } = settings.network;
      await print(
        [
          `${config} is valid: environment ${settings.environment}, ${enabled.length} of ${settings.targets.length} targets on`,
          `  key: ${settings.apiKey === null ? 'none' : `${placeOf(settings.apiKey)}; it is sent to ${settings.keyHosts.join(', ')}`}`,
          `  name servers: ${dnsServers === null ? "the system's" : dnsServers.join(', ')}; ${connectTo.length} connectTo entries`,
          `  registration flow: ${registration.enabled ? `through ${registration.through}` : 'off'}`,
          `  baseline: ${settings.baseline ?? 'none'}`,
          ...(notes.length === 0 ? [] : [renderProblems(notes)]),
          '',
        ].join('\n'),
      );
      exit(0);
    });
