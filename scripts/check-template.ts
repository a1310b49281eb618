import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { awsTools, inFolder, lintTranslated } from './template/aws-tools.ts';
import { withoutChat } from './template/without-chat.ts';

const template = fileURLToPath(new URL('../template.yaml', import.meta.url));

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
