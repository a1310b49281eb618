import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readYaml } from '../../src/config/yaml-document.ts';
import { importPart } from '../support/built.ts';

/** What yaml's writer and its build for Node could be needed for: keys that are no text, tags, aliases, every kind of scalar. */
const corpus: readonly string[] = [
  '? {a: b}\n: c',
  '? [a, b]\n: c',
  '{? {a: b} : c}',
  '{a: 1, {b: 2}: 3}',
  '? &x {a: *x}\n: c',
  '? !!set {a}\n: 1',
  '? null\n: 1',
  '? |\n  a\n  b\n: c',
  '1: 2\n1.5: 3\ntrue: x\nnull: y\n"": z',
  'a: &x 1\n? *x\n: 2',
  'a: *nowhere',
  'a: &a [1]\nb: *a\nc: [*a, *a]',
  '<<: {a: 1}\nb: 2',
  'a: !!set {x}\nb: !!omap [x: 1]\nc: !!timestamp 2001-12-14',
  'a: !unknown b',
  'a: !!str 1\nb: !!int "2"\nc: !!float 3',
  'a: 0x10\nb: 0o7\nc: .inf\nd: .nan\ne: 1e3\nf: ~',
  "a: |\n  b\n\n  c\nd: >-\n  e\n  f\ng: \"h\\n\\u00e9\"\ni: 'j''k'",
  '%YAML 1.1\n---\na: yes',
  '%TAG ! tag:example.test,2026:\n---\na: !b c',
  'a: 1\na: 2',
  '---\na: 1\n---\nb: 2',
  'a: "\\q"',
  'a: [b, {c: [}',
  '\ta: 1',
  '# only a comment',
  '- a\n- b: c',
  '\uFEFFa: b\r\nc: d\r\n',
];

/** Not !!binary: the two builds decode base64 differently, and no configuration holds bytes. */
const pieces = fc.constantFrom(
  ...'{}[],:&*!|>\'"%@#?-~. \n\t0a',
  ...['---\n', '...\n', '&a ', '*a', '!!str ', '!!set ', '<<: ', '? ', ': ', '  ', 'null', '\r\n', 'key: '],
);

/** Everything that the configuration's reader says of a text. */
const saidBy = (read: typeof readYaml, text: string): unknown => {
  const { value, findings, locate } = read(text);
  const paths = [[], ['a'], ['b', 0], ['key'], ['c', 'd']];
  return { value, findings, places: paths.flatMap((path) => [locate(path, 'key'), locate(path, 'value')]) };
};

describe.each(['probe', 'deploy-hook'] as const)('YAML in the function %s', (bundle) => {
  let shipped: typeof readYaml;
  beforeAll(async () => {
    ({ readYaml: shipped } = (await importPart(bundle, 'src/config/yaml-document.ts')) as {
      readYaml: typeof readYaml;
    });
  });

  test.each(corpus)('means the same as on the command line: %j', (text) => {
    expect(saidBy(shipped, text)).toEqual(saidBy(readYaml, text));
  });

  test('means the same for any content', () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 14 }), (parts) => {
        const text = parts.join('');
        expect(saidBy(shipped, text)).toEqual(saidBy(readYaml, text));
      }),
      { numRuns: 500 },
    );
  });
});
