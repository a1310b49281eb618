import { expect, it } from 'vitest';
import { lookFirst } from '../../src/wording/look-first.ts';

it.each([
  { title: 'a gateway refuses the key', at: 'rule', words: 'in front of the application' },
  { title: 'the API refuses the key', at: 'key-check', words: 'the key' },
] as const)('$title: look at $words', ({ at, words }) => {
  expect(lookFirst('auth-rejected', at)).toContain(words);
});
