import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/classify/visible-text.ts';
import { anyOf, matchesWildcard, near } from '../../src/classify/words.ts';

/** Texts made of these parts, in any order. */
const madeOf = (...parts: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...parts), { maxLength: 20 }).map((chosen) => chosen.join(''));

/** Up to 40 characters between the two, and no end of a sentence: one expression says the same, and takes cubic time. */
const oneExpression =
  /auth\w*[ _-]?(service)?[^"<]{0,40}(unavailable|timed out)|(cannot|unable to)[^"<]{0,40}(auth|key)/i;

const ofTwoLists = anyOf(
  near(/auth\w*[ _-]?(service)?/gi, /unavailable|timed out/gi),
  near(/cannot|unable to/gi, /auth|key/gi),
);

describe('two words near each other', () => {
  it.each([
    ['authentication service unavailable', true],
    ['AUTH_SERVICE_UNAVAILABLE', true],
    [`auth ${'x'.repeat(35)} unavailable`, true],
    [`auth ${'.'.repeat(45)} unavailable`, false],
    [`auth${'enticator'.repeat(50)}: unavailable`, true],
    ['{"auth":"ok","database":"unavailable"}', false],
    ['<b>auth</b> unavailable', false],
    ['unavailable auth', false],
    ['cannot reach the auth service', true],
    [`${'cannot '.repeat(20)}find the key`, true],
    ['', false],
  ])('%s', (text, isFound) => {
    expect(ofTwoLists.test(text)).toBe(isFound);
    expect(oneExpression.test(text)).toBe(isFound);
  });

  it('are found where one combined expression finds them', () => {
    const texts = madeOf(
      'auth',
      'AUTH',
      'service',
      ' ',
      '_',
      '-',
      '"',
      '<',
      'x',
      '.',
      '..........',
      'unavailable',
      'timed out',
      'cannot',
      'key',
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(ofTwoLists.test(text)).toBe(oneExpression.test(text));
      }),
      { numRuns: 5_000 },
    );
  });
});

/** The same, in time that grows with the square. */
const stripped = (html: string): string =>
  html.replace(/<(head|style|script)\b[\s\S]*?<\/\1>|<title\b[\s\S]*?<\/title>|<[^>]*>/gi, ' ');

describe('the text of a page', () => {
  it.each([
    ['<h1>502</h1><p>Bad Gateway', ' 502  Bad Gateway'],
    ['<html><head><title>No</title></head><body>yes', '   yes'],
    ['<style>a{}</style>b<SCRIPT>c</Script>d', ' b d'],
    ['<header>shown</header>', ' shown '],
    ['<style>never ends', ' never ends'],
    ['a < b and no tag', 'a < b and no tag'],
    ['<script>1</script>2<script>3', ' 2 3'],
    ['no page', 'no page'],
  ])('%s', (html, text) => {
    expect(visibleText(html)).toBe(text);
  });

  it('has neither tags nor invisible parts', () => {
    const pages = madeOf(
      '<',
      '>',
      '</',
      'head',
      'style',
      'script',
      'title',
      '<head>',
      '</head>',
      '<style>',
      '</style>',
      '<title>',
      '</title>',
      '<b>',
      'text',
      ' ',
      'İ',
      '\n',
    );
    fc.assert(
      fc.property(pages, (html) => {
        expect(visibleText(html)).toBe(stripped(html));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('a pattern of names', () => {
  it.each([
    { pattern: '*.elb.amazonaws.com', name: 'hokusai-main.us-east-1.elb.amazonaws.com', does: true },
    { pattern: 'hokusai-*.elb.amazonaws.com', name: 'HOKUSAI-main.elb.AMAZONAWS.com', does: true },
    { pattern: 'hokusai-*.elb.amazonaws.com', name: 'other.elb.amazonaws.com', does: false },
    { pattern: 'a*a', name: 'a', does: false },
    { pattern: 'a*a', name: 'aa', does: true },
    { pattern: '*', name: '', does: true },
    { pattern: 'name', name: 'name', does: true },
    { pattern: 'name', name: 'names', does: false },
    { pattern: '*b*c*', name: 'abxc', does: true },
    { pattern: '*c*b*', name: 'abxc', does: false },
  ])('$pattern stands for $name: $does', ({ pattern, name, does }) => {
    expect(matchesWildcard(pattern, name)).toBe(does);
  });

  it('takes no longer with many asterisks', () => {
    expect(matchesWildcard(`${'*a'.repeat(120)}*b`, 'a'.repeat(253))).toBe(false);
  });

  it('matches the same names as an expression with a dot and an asterisk', () => {
    fc.assert(
      fc.property(madeOf('a', 'b', '*', '.'), madeOf('a', 'b', '.'), (pattern, name) => {
        const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
        expect(matchesWildcard(pattern, name)).toBe(expression.test(name));
      }),
      { numRuns: 3_000 },
    );
  });
});
