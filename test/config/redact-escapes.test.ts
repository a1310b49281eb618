import { describe, expect, it } from 'vitest';
import { decodeAt } from '../../src/config/redact/escapes.ts';
import { createRedactor } from '../../src/config/redact.ts';

/** The character and the length of the escape at the start of a text, with more text behind it. */
const decoded = (text: string): string | null => {
  const found = decodeAt(text, 0);
  return found === null ? null : `${String.fromCharCode(found.code)} ${found.length}`;
};

describe('an escape is decoded', () => {
  it.each([
    ['%5f', '_ 3'],
    ['%5F0', '_ 3'],
    ['%09', '\t 3'],
    ['%90', '\x90 3'],
    ['%aF', '¯ 3'],
    ['%Fa', 'ú 3'],
    ['%u005f', '_ 6'],
    ['%U005F', '_ 6'],
    ['\\x5f', '_ 4'],
    ['\\u005f0', '_ 6'],
    ['\\u{5f}', '_ 6'],
    ['\\u{00005f}', '_ 10'],
    ['\\n', '\n 2'],
    ['\\0', '\0 2'],
    ['\\/', '/ 2'],
    ['\\\\', '\\ 2'],
    ['&#95;', '_ 5'],
    ['&#95', '_ 4'],
    ['&#00000095;', '_ 11'],
    ['&#000000095;', '\t 10'],
    ['&#x5f;', '_ 6'],
    ['&#X5F ', '_ 5'],
    ['&#x0000005f;', '_ 12'],
    ['&lowbar;', '_ 8'],
    ['&UnderBar;', '_ 10'],
  ])('%j', (text, expected) => {
    expect(decoded(text)).toBe(expected);
  });

  // Cut off, not closed, with a wrong digit, or a name that every object has.
  it.each([
    ...['a', '', '%', '%5', '%%5f', '%5g', '%/0', '%:0', '%@0', '%G0', '%`0', '%g0', '%u005', '%u005g'],
    ...['\\', '\\x5', '\\u005', '\\u{5f', '\\u{}', '\\u{000005f}', '\\%', '\\&'],
    ...['&', '&#', '&#;', '&#a;', '&#x', '&#xg;', '&;', '&lowbar', '&none;', '&toString;', '&valueOf;', '&__proto__;'],
  ])('only if it is one: not %j', (text) => {
    expect(decoded(text)).toBeNull();
  });
});

describe('a secret behind escapes', () => {
  const secret = 'abcdefgh_ijklmnopqrstu';
  const redact = createRedactor([secret]);
  const escapedTimes = (times: number): string => secret.replace('_', `%${'25'.repeat(times - 1)}5f`);

  it('is found behind four levels of them, a limit that bounds the work', () => {
    expect([1, 2, 3, 4, 5].map((times) => redact(escapedTimes(times)))).toEqual([
      ...Array(4).fill('[redacted]'),
      escapedTimes(5),
    ]);
  });

  it('is not found behind one that a line break divides, because no reader decodes that', () => {
    for (const broken of [
      'abcdefgh%\n5fijklmnopqrstu',
      'abcdefgh%5\u200bfijklmnopqrstu',
      'abcdefgh&low\nbar;ijklmnopqrstu',
    ])
      expect(redact(broken)).toBe(broken);
  });
});
