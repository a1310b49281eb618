import { expect, it } from 'vitest';
import { reachOf } from '../../../src/functions/probe/tracker.ts';
import { acknowledgeCommand } from '../../../src/notify/fields.ts';

it.each([
  ['production', 'incidents', ' --state dynamodb:incidents --environment production'],
  ['development', 'incidents', ' --state dynamodb:incidents'],
  ["it's", null, ` --environment 'it'\\''s'`],
])('the command in a message of %s names what the reader’s machine does not know', (environment, table, words) => {
  const command = acknowledgeCommand('20261121-0257-registry', { reach: reachOf({ environment }, table) });
  expect(command).toBe(`npx hokusai-synthetics incidents acknowledge 20261121-0257-registry${words}`);
});
