import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bundleNames } from '../../scripts/bundle/all.ts';
import { metafileOf, outputFile } from '../support/built.ts';
import { dynamicUses } from './used-exports.ts';

/** In a process of its own, as the bundle does it: which of the names are not there, or hold nothing. */
const missingExports = `
  for (const { file, specifier, names } of JSON.parse(process.argv[1])) {
    const resolved = specifier.startsWith('.') ? new URL(specifier, file).href : specifier;
    const module = await import(resolved).catch((error) => ({ error }));
    const missing = module.error === undefined ? names.filter((name) => module[name] === undefined) : [String(module.error)];
    if (missing.length > 0) console.log(file.split('/dist/')[1], 'import', specifier, missing.join(' '));
  }`;

describe('a lazy import of a bundle', () => {
  test.each(bundleNames)('finds its module, with every name that is taken from it: %s', async (bundle) => {
    const { outputs } = await metafileOf(bundle);
    const uses = await Promise.all(
      Object.entries(outputs).map(async ([path, { imports }]) => {
        const file = outputFile(path);
        const found = dynamicUses(await readFile(file, 'utf8'));
        expect(found.length, path).toBe(imports.filter(({ kind }) => kind === 'dynamic-import').length);
        return found.map((use) => ({ ...use, file: pathToFileURL(file).href }));
      }),
    );
    const all = uses.flat();
    // Node's own modules are whole; of any other, what is used must be known.
    const unclear = all.filter(({ names, specifier }) => names === null && !specifier.startsWith('node:'));
    expect(unclear).toEqual([]);
    expect(all.length).toBeGreaterThan(1);

    const imports = all.map(({ names, ...where }) => ({ ...where, names: names ?? [] }));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', missingExports, JSON.stringify(imports)],
      { env: {} },
    );
    expect(stdout).toBe('');
  });

  test('is recognized in each form in which code can write it', () => {
    const taken = (code: string) => dynamicUses(code).map(({ names }) => names);

    expect(taken('const { a, b: c } = await import("./x.js")')).toEqual([['a', 'b']]);
    expect(taken('async function f() { const m = await import("./x.js"); return m.a(m.b) }')).toEqual([['a', 'b']]);
    expect(taken('const f = async () => (await import("./x.js")).a')).toEqual([['a']]);
    expect(taken('const [{ a }, m] = await Promise.all([import("./x.js"), import("./y.js")]); m.b')).toEqual([
      ['a'],
      ['b'],
    ]);
    expect(taken('import("./x.js").then(({ a }) => a); import("./y.js").then((m) => m.b)')).toEqual([['a'], ['b']]);
    expect(taken('const m = await import("./x.js"); const { a } = m.default ?? m')).toEqual([null]);
    expect(taken('const f = () => import("./x.js")')).toEqual([null]);
    expect(taken('import("./x.js")')).toEqual([[]]);
    expect(() => taken('import(somewhere)')).toThrow('only known when it runs');
  });
});
