import { expect, it } from 'vitest';
import { lookFirst } from '../../src/wording/look-first.ts';

it.each([
  { title: 'a gateway refuses the key', mode: 'auth-rejected', at: 'rule', words: 'in front of the application' },
  { title: 'the API refuses the key', mode: 'auth-rejected', at: 'key-check', words: 'the key' },
  { title: 'something redirects behind the API', mode: 'redirect-unexpected', at: 'service-discovery', words: 'proxy' },
  { title: 'a rule redirects', mode: 'redirect-unexpected', at: 'rule', words: 'the rules' },
  { title: 'MLflow misses what it has stored', mode: 'unexpected-status', at: 'mlflow', words: 'MLflow' },
] as const)('$title: look at $words', ({ mode, at, words }) => {
  expect(lookFirst(mode, at)).toContain(words);
});

it('the application that answers from its usual place is looked at as usual', () => {
  expect(lookFirst('unexpected-status', 'api')).not.toContain('MLflow');
});
