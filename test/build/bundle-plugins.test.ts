import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { cutting } from '../../scripts/bundle/cut.ts';
import { editorHelp } from '../../scripts/bundle/cuts/editor-help.ts';
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
  test('into which the sandbox would come is refused, and the way is named', async () => {
    const built = bundle("export { faults } from './src/sandbox/faults/faults.ts'", keepOut(root, ['src/sandbox']));

    await expect(built).rejects.toThrow(/src\/sandbox\/faults\/faults\.ts must never be in this bundle/);
  });

  test('of anything else is not', async () => {
    const built = bundle("export { phases } from './src/model/phases.ts'", keepOut(root, ['src/sandbox']));

    await expect(built).resolves.toContain('phases');
  });
});

describe('a cut', () => {
  const used = "export { phases } from './src/model/phases.ts'";

  test('replaces what it was made for', async () => {
    const cut = cutting('phases', [{ files: /model\/phases\.ts$/, replace: () => "export const phases = 'cut'" }]);

    expect(await bundle(used, cut)).toContain('"cut"');
  });

  test('that finds nothing any more fails the build, so that a new version of a package is looked at', async () => {
    const cut = cutting('phases', [{ files: /no\/such\/file\.js$/, replace: () => '' }]);

    await expect(bundle(used, cut)).rejects.toThrow(/Nothing to cut at .*no\\\/such\\\/file/);
  });

  test('that changes nothing any more fails the build too', async () => {
    const cut = cutting('colours', [{ files: /picocolors\.js$/, replace: (text) => text.replace('gone', '') }]);

    await expect(bundle("import 'picocolors'", cut)).rejects.toThrow(/Nothing to cut at .*picocolors/);
  });
});

describe("the configuration's schema without its help for editors", () => {
  /** As JSON Schema, in which everything shows that a text could fail. */
  const jsonSchema = async (plugins: readonly Plugin[]): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    try {
      await build({
        stdin: {
          contents: `
            import { toJsonSchema } from '@valibot/to-json-schema';
            import { configurationSchema } from './src/config/schema/configuration.ts';
            export const schema = toJsonSchema(configurationSchema, { typeMode: 'input', ignoreActions: ['check'] });`,
          resolveDir: root,
        },
        ...{ bundle: true, platform: 'node', format: 'esm' },
        outfile: join(folder, 'schema.mjs'),
        plugins: [...plugins],
      });
      const { schema } = (await import(pathToFileURL(join(folder, 'schema.mjs')).href)) as { schema: object };
      return JSON.stringify(schema);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  test('refuses and accepts the same', async () => {
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

describe('an import of CommonJS when it is needed', () => {
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

  test('fails the build, for its named exports would be undefined', async () => {
    await expect(bundled("export const load = () => import('picocolors')")).rejects.toThrow(
      /picocolors\.js is CommonJS: import\(…\) of it would give `default` alone/,
    );
  });

  test('at once is fine, and so is one of a module', async () => {
    const fine = "export { default } from 'picocolors'; export const load = () => import('./src/model/phases.ts')";

    await expect(bundled(fine)).resolves.toBeDefined();
  });
});
