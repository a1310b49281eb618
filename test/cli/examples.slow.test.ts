import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configurationSchema } from '../../src/config/schema/configuration.ts';
import { cli } from '../support/cli.ts';

const root = join(import.meta.dirname, '..', '..');

interface Example {
  readonly page: string;
  readonly text: string;
  readonly value: unknown;
}

const pages = [
  'README.md',
  ...(await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];

/** The YAML examples of a page; parsing one throws if it is not YAML. */
const examplesIn = async (page: string): Promise<readonly Example[]> =>
  [...(await readFile(join(root, page), 'utf8')).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => ({
    page,
    text,
    // CloudFormation's tags are no concern here.
    value: parse(text, { logLevel: 'silent' }) as unknown,
  }));

const examples = (await Promise.all(pages.map(examplesIn))).flat();

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const configurations = examples.filter(
  ({ value }) => isMapping(value) && Object.keys(value).every((key) => Object.hasOwn(configurationSchema.entries, key)),
);

/** Steps of a workflow that use this project's action. */
const steps = examples
  .flatMap(({ value }) => (Array.isArray(value) ? (value as readonly unknown[]) : []))
  .filter(isMapping)
  .filter(({ uses }) => typeof uses === 'string' && uses.endsWith('hokusai-synthetics'));

describe('an example on a page', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    const report = await cli(['check', '--sandbox', '--target', 'auth.root', '--format', 'json', '--output', '-']);
    await writeFile(join(folder, 'baseline.json'), report.stdout);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('there are some of each kind', () => {
    expect(configurations.length).toBeGreaterThan(3);
    expect(steps.length).toBeGreaterThan(2);
  });

  test.each(configurations)('$page: a configuration is valid', async ({ text }) => {
    // The authority of the example is a file of the reader's.
    await writeFile(join(folder, 'synthetics.yaml'), text.replace(/^ *caFile:.*\n/m, ''));
    const { exitCode, stdout, stderr } = await cli(['validate', join(folder, 'synthetics.yaml')]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).not.toMatch(/hosts {2}changes|points to/);
  });

  test.each(steps)('a step of a workflow gives inputs that the action has', async ({ with: given }) => {
    const action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
      inputs: Readonly<Record<string, unknown>>;
    };
    expect(Object.keys(isMapping(given) ? given : {}).filter((name) => !Object.hasOwn(action.inputs, name))).toEqual(
      [],
    );
  });
});
