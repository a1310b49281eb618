import { describe, expect, it } from 'vitest';
import { problemsOf } from './documents.ts';

const broken: readonly { readonly title: string; readonly text: string; readonly problem: string }[] = [
  {
    title: 'a tab as indentation',
    text: 'hosts:\n\tregistry: a.example',
    problem: ':2:1  is not YAML: a tab indents this line; use spaces',
  },
  {
    title: 'an unclosed quote',
    text: "environment: 'a\nhosts: {}\n",
    problem: ':3:1  is not YAML: a quote is opened above and never closed',
  },
  {
    title: 'an unclosed bracket',
    text: 'hosts: { api: a.example\ntargets: {}',
    problem: ':2:1  is not YAML: a { or [ is opened above and not closed before here',
  },
  {
    title: 'a bare colon in a value',
    text: 'environment: a: b',
    problem: ':1:14  is not YAML: a second `:` on one line; put the value in quotes, or on its own line',
  },
  {
    title: 'an unknown escape sequence',
    text: 'environment: "\\q"',
    problem:
      ':1:15  is not YAML: in double quotes \\ starts an escape, and this one is unknown; use single quotes, or write \\\\',
  },
  {
    title: 'a tag',
    text: 'environment: !secret a',
    problem: ':1:14  is not YAML: a tag (!name) is unknown; remove it, or quote a value that begins with !',
  },
  {
    title: 'an undefined alias',
    text: 'environment: *a',
    problem: ':1:14  is not YAML: an alias (*name) has no anchor (&name) above it; quote a value that begins with *',
  },
  {
    title: 'a second document',
    text: 'environment: a\n---\nenvironment: b\n',
    problem: ':2:1  a second document begins here; a configuration is one document: remove the `---`',
  },
  { title: 'a directive of an unknown YAML version', text: '%YAML 3.0\n---\nenvironment: a\n', problem: 'is not YAML' },
  {
    title: 'a list',
    text: '- environment: a\n',
    problem: '  the configuration is a list; it must be a mapping, such as `environment: development`',
  },
  {
    title: 'a plain text',
    text: 'hello',
    problem: '  the configuration is a string; it must be a mapping, such as `environment: development`',
  },
  {
    title: 'a number',
    text: '42',
    problem: '  the configuration is a number; it must be a mapping, such as `environment: development`',
  },
  {
    title: 'a list as JSON',
    text: '[1]',
    problem: '  the configuration is a list; it must be a mapping, such as `environment: development`',
  },
  {
    title: 'more than 256 KiB',
    text: `# ${'x'.repeat(256 * 1024)}`,
    problem: '  the configuration has 262146 bytes, the limit is 262144; is it the right file?',
  },
  {
    title: 'exponentially growing aliases',
    text: manyAliases(),
    problem: '  more than 100 aliases; write the values out',
  },
  { title: 'an alias that contains itself', text: 'targets: &a { b: *a }', problem: 'nested deeper than 16 levels' },
  { title: 'endlessly nested YAML', text: '['.repeat(5000), problem: 'is not YAML: nested too deeply' },
  {
    title: 'endlessly nested JSON',
    text: `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`,
    problem: 'nested deeper than 16 levels',
  },
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

describe('malformed text is refused with place and reason', () => {
  it.each(broken)('$title', async ({ text, problem }) => {
    const found = await problemsOf(text);
    expect(found[0]).toContain(problem);
    expect(found[0]).toMatch(/^synthetics\.yaml/);
  });

  it('a malformed line triggers no further errors about the rest', async () => {
    expect(await problemsOf('environment: "a\nhosts: {}\nzzz: 1\n')).toHaveLength(1);
  });

  it('growing aliases below the limit are refused for their expanded size', async () => {
    const text = [
      'a: &a [x, x]',
      'b: &b [*a, *a]',
      'c: &c [*b, *b]',
      'd: &d [*c, *c]',
      'e: &e [*d, *d]',
      'f: &f [*e, *e]',
      'g: [*f, *f]',
    ].join('\n');
    expect(await problemsOf(text)).toEqual(['synthetics.yaml  more than 100 aliases; write the values out']);
  });
});
