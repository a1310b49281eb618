import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleAll } from './bundle/all.ts';
import { awsTools, inFolder, lintTranslated } from './template/aws-tools.ts';
import { startEmulator } from './template/emulator/emulator.ts';
import { stages, startDeployment } from './template/emulator/stages.ts';
import { withoutChat } from './template/without-chat.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const template = join(root, 'template.yaml');

const tools = await awsTools();

const step = async (what: string, work: () => Promise<void>): Promise<void> => {
  await work();
  console.error(`✓ ${what}`);
};

/** A template that must be rejected: otherwise a check that inspects nothing would look like one that finds nothing. */
const refusesMadeUpRuntime = (): Promise<void> =>
  inFolder(async (folder) => {
    const wrong = join(folder, 'made-up-runtime.yaml');
    const text = await readFile(template, 'utf8');
    await writeFile(wrong, text.replace('Runtime: nodejs24.x', 'Runtime: nodejs99.x'));
    const found = await lintTranslated(tools, wrong).then(
      () => null,
      (error: Error) => error,
    );
    if (found === null)
      throw new Error('the runtime nodejs99.x was not noticed: the translated template is not checked');
    if (!found.message.includes('nodejs99.x')) throw found;
  });

await step('cfn-lint', () => tools.lint(template));
await step('sam validate --lint', () => tools.samValidate(template));
await step('cfn-lint of what CloudFormation makes of it', () => lintTranslated(tools, template));
await step('cfn-lint of the template without chat', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'without-chat.yaml');
    await writeFile(file, withoutChat(await readFile(template, 'utf8')));
    await tools.lint(file);
  }),
);
await step('control: the runtime nodejs99.x is refused', refusesMadeUpRuntime);

/** Needs a minute or two, and on the first run another for the emulator. */
const deployOnEmulator = async (): Promise<void> => {
  const emulator = await startEmulator();
  try {
    await inFolder(async (folder) => {
      await bundleAll(root, join(folder, 'dist'));
      const deployment = await startDeployment(emulator, folder);
      for (const stage of stages) await step(stage.title, () => stage.run(deployment));
    });
  } finally {
    await emulator.close();
  }
};

if (process.argv.includes('--deploy')) await deployOnEmulator();
