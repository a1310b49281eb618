import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { cutting } from '../../scripts/bundle/cut.ts';
import { editorHelp, failureMeanings } from '../../scripts/bundle/cuts/editor-help.ts';
import { noDynamicCommonJs } from '../../scripts/bundle/dynamic-commonjs.ts';
import { keepOut } from '../../scripts/bundle/keep-out.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const bundle = async (contents: string, plugin: Plugin): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'silent',
    plugins: [plugin],
  });
  return outputFiles.map(({ text }) => text).join('');
};

describe('a bundle', () => {
  test('fails to build if it would contain the sandbox, and shows the import path', async () => {
    const built = bundle("export { faults } from './src/sandbox/faults/faults.ts'", keepOut(root, ['src/sandbox']));

    await expect(built).rejects.toThrow(/src\/sandbox\/faults\/faults\.ts must never be in this bundle/);
  });

  test('builds otherwise', async () => {
    const built = bundle("export { phases } from './src/model/phases.ts'", keepOut(root, ['src/sandbox']));

    await expect(built).resolves.toContain('phases');
  });
});

describe('a cut', () => {
  const used = "export { phases } from './src/model/phases.ts'";

  test('replaces its target', async () => {
    const cut = cutting('phases', [{ files: /model\/phases\.ts$/, replace: () => "export const phases = 'cut'" }]);

    expect(await bundle(used, cut)).toContain('"cut"');
  });

  test('fails the build when it no longer finds its target, so that a new package version gets reviewed', async () => {
    const cut = cutting('phases', [{ files: /no\/such\/file\.js$/, replace: () => '' }]);

    await expect(bundle(used, cut)).rejects.toThrow(/Nothing to cut at .*no\\\/such\\\/file/);
  });

  test('fails the build when it no longer changes anything', async () => {
    const cut = cutting('colours', [{ files: /picocolors\.js$/, replace: (text) => text.replace('gone', '') }]);

    await expect(bundle("import 'picocolors'", cut)).rejects.toThrow(/Nothing to cut at .*picocolors/);
  });
});

/** Bundles these lines, and imports the result. */
const imported = async (contents: string, plugins: readonly Plugin[]): Promise<Readonly<Record<string, unknown>>> => {
  const folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  try {
    await build({
      stdin: { contents, resolveDir: root },
      ...{ bundle: true, platform: 'node', format: 'esm' },
      outfile: join(folder, 'part.mjs'),
      plugins: [...plugins],
    });
    return await import(pathToFileURL(join(folder, 'part.mjs')).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

test('failure modes without their meanings keep every other trait', async () => {
  const contents = `export { failureModes } from './src/model/failure-modes.ts';`;
  const [whole, cut] = await Promise.all([imported(contents, []), imported(contents, [failureMeanings])]);
  const withoutMeanings = (modes: unknown): unknown =>
    JSON.parse(JSON.stringify(modes), (name, value) => (name === 'meaning' ? '' : value));

  expect(JSON.stringify(whole['failureModes'])).toContain('the redirects form a loop');
  expect(JSON.stringify(cut['failureModes'])).toBe(JSON.stringify(withoutMeanings(whole['failureModes'])));
});

describe('the configuration schema without its help for editors', () => {
  /** As JSON Schema, in which everything shows that a text could fail. */
  const jsonSchema = async (plugins: readonly Plugin[]): Promise<string> => {
    const { schema } = await imported(
      `
        import { toJsonSchema } from '@valibot/to-json-schema';
        import { configurationSchema } from './src/config/schema/configuration.ts';
        export const schema = toJsonSchema(configurationSchema, { typeMode: 'input', ignoreActions: ['check'] });`,
      plugins,
    );
    return JSON.stringify(schema);
  };

  test('accepts and refuses the same values', async () => {
    const [whole, cut] = await Promise.all([jsonSchema([]), jsonSchema([editorHelp])]);
    const withoutDescriptions = (schema: string): unknown =>
      JSON.parse(schema, (_, value: unknown) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
        const { description, ...rest } = value as { readonly description?: unknown };
        return typeof description === 'object' ? value : rest;
      });

    expect(whole).toContain('Text that the body must contain.');
    expect(cut.match(/"description":"[^"]+"/g)?.join('\n') ?? '').not.toMatch(/[a-z] [a-z].*\./);
    expect(withoutDescriptions(cut)).toEqual(withoutDescriptions(whole));
  });
});

describe('a lazy import of a CommonJS module', () => {
  const bundled = async (contents: string) =>
    build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      write: false,
      outdir: 'out',
      metafile: true,
      logLevel: 'silent',
      plugins: [noDynamicCommonJs],
    });

  test('fails the build, because its named exports would be undefined', async () => {
    await expect(bundled("export const load = () => import('picocolors')")).rejects.toThrow(
      /picocolors\.js is CommonJS: import\(…\) of it would give `default` alone/,
    );
  });

  test('builds when the import is eager, or when the module is ESM', async () => {
    const fine = "export { default } from 'picocolors'; export const load = () => import('./src/model/phases.ts')";

    await expect(bundled(fine)).resolves.toBeDefined();
  });
});
