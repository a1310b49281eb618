import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pythonWith } from '../../../test/setup/environment.ts';
import { run } from '../../../test/setup/run.ts';
import { objectOf, type Parameters, textOf } from '../intrinsics.ts';
import { template, templateFile } from '../stack.ts';
import type { Emulator } from './emulator.ts';

/** SAM starts slowly, and the emulator loads its services. It usually takes 15 to 40 s. */
const limitMs = 5 * 60_000;

/** A person with the built project in a folder, who follows docs/deploy.md. */
export interface Deployer {
  /** Every question that is not about a parameter is answered by Enter. */
  readonly deployGuided: (stack: string, parameters: Parameters) => Promise<void>;
  readonly deploy: (stack: string, parameters: Parameters) => Promise<void>;
  readonly remove: (stack: string) => Promise<void>;
}

const asText = (value: Parameters[string] | undefined): string =>
  value === undefined ? '' : [value].flat().map(textOf).join();

/** The prompts of `sam deploy --guided`: the stack, the region, each parameter, and six about how to deploy. */
const answers = (stack: string, parameters: Parameters): string => {
  const names = Object.keys(objectOf(template['Parameters']));
  const lines = [stack, '', ...names.map((name) => asText(parameters[name])), ...Array<string>(6).fill('')];
  return lines.map((line) => `${line}\n`).join('');
};

/** Runs `sam build` in the folder, which holds the built dist/. */
export const startDeploying = async ({ endpoint }: Emulator, folder: string): Promise<Deployer> => {
  const python = await pythonWith('sam');
  await copyFile(templateFile, join(folder, 'template.yaml'));
  const sam = async (args: readonly string[], input = ''): Promise<void> => {
    await run(python, ['-m', 'samcli', ...args], {
      limitMs,
      cwd: folder,
      input,
      env: {
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_DEFAULT_REGION: 'us-east-1',
        SAM_CLI_TELEMETRY: '0',
        // Seconds between its looks at the stack.
        SAM_CLI_POLL_DELAY: '1',
        // Neither the person's own profiles nor SAM's own settings.
        HOME: folder,
        AWS_CONFIG_FILE: join(folder, 'no-config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
      },
    });
  };
  await sam(['build']);
  return {
    deployGuided: (stack, parameters) => sam(['deploy', '--guided'], answers(stack, parameters)),
    deploy: (stack, parameters) => {
      const overrides = Object.entries(parameters).map(([name, value]) => `${name}="${asText(value)}"`);
      return sam(['deploy', '--stack-name', stack, '--parameter-overrides', ...overrides]);
    },
    remove: (stack) => sam(['delete', '--stack-name', stack, '--no-prompts', '--region', 'us-east-1']),
  };
};
