import { describe, expect, it } from 'vitest';
import { problemsOf } from './documents.ts';

const broken: readonly (readonly [title: string, text: string, problem: string])[] = [
  ['a tab that indents', 'hosts:\n\tregistry: a.example', ':2:1  is not YAML: a tab indents this line; use blanks'],
  [
    'a quote that is never closed',
    "environment: 'a\nhosts: {}\n",
    ':3:1  is not YAML: a quote is opened above and never closed',
  ],
  [
    'a bracket that is never closed',
    'hosts: { api: a.example\ntargets: {}',
    ':2:1  is not YAML: a { or [ is opened above and not closed before here',
  ],
  [
    'a colon in a value',
    'environment: a: b',
    ':1:14  is not YAML: a second `:` on one line; put the value in quotes, or on its own line',
  ],
  [
    'an unknown escape',
    'environment: "\\q"',
    ':1:15  is not YAML: in double quotes \\ begins an escape, and this one is unknown; use single quotes, or write \\\\',
  ],
  [
    'a tag',
    'environment: !secret a',
    ':1:14  is not YAML: a tag (!name) is unknown; remove it, or quote a value that begins with !',
  ],
  [
    'an alias of nothing',
    'environment: *a',
    ':1:14  is not YAML: an alias (*name) has no anchor (&name) above it; quote a value that begins with *',
  ],
  [
    'a second document',
    'environment: a\n---\nenvironment: b\n',
    ':2:1  a second document begins here; a configuration is one document: remove the `---`',
  ],
  ['a directive of another YAML', '%YAML 3.0\n---\nenvironment: a\n', 'is not YAML'],
  [
    'a list',
    '- environment: a\n',
    '  the configuration is a list; must be a mapping, such as `environment: development`',
  ],
  ['a text', 'hello', '  the configuration is a text; must be a mapping, such as `environment: development`'],
  ['a number', '42', '  the configuration is a number; must be a mapping, such as `environment: development`'],
  ['a list in JSON', '[1]', '  the configuration is a list; must be a mapping, such as `environment: development`'],
  [
    'more than 256 KiB',
    `# ${'x'.repeat(256 * 1024)}`,
    '  the configuration has 262146 bytes; at most 262144; is it the right file?',
  ],
  ['aliases that multiply', manyAliases(), '  more than 100 values by alias; write them out'],
  ['an alias that holds itself', 'targets: &a { b: *a }', 'nested deeper than 16 levels'],
  ['YAML nested without end', '['.repeat(5000), 'is not YAML: nested too deeply'],
  ['JSON nested without end', `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`, 'nested deeper than 16 levels'],
];

/** The "billion laughs": nine levels, each nine times the one before. */
function manyAliases(): string {
  const levels = [...'abcdefghi'];
  return levels
    .map(
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(index === 0 ? 'lol' : `*${levels[index - 1]}`)
          .join(', ')}]`,
    )
    .join('\n');
}

describe('a text that is no configuration is refused with the place and the reason', () => {
  it.each(broken)('%s', async (_, text, problem) => {
    const found = await problemsOf(text);
    expect(found[0]).toContain(problem);
    expect(found[0]).toMatch(/^synthetics\.yaml/);
  });

  it('a broken line is not followed by guesses about the rest', async () => {
    expect(await problemsOf('environment: "a\nhosts: {}\nzzz: 1\n')).toHaveLength(1);
  });

  it('a multiplying alias below the limit is refused for what it multiplies to', async () => {
    const text = [
      'a: &a [x, x]',
      'b: &b [*a, *a]',
      'c: &c [*b, *b]',
      'd: &d [*c, *c]',
      'e: &e [*d, *d]',
      'f: &f [*e, *e]',
      'g: [*f, *f]',
    ].join('\n');
    expect(await problemsOf(text)).toEqual(['synthetics.yaml  more than 100 values by alias; write them out']);
  });
});
