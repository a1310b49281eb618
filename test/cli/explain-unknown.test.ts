import { expect, test } from 'vitest';
import { cli } from '../support/cli.ts';

test.each([
  ['upload-model', /did you mean upload-artifacts\?/],
  ['create-runn', /did you mean create-run\?/],
  ['tls-expird', /did you mean tls-expired\?/],
  ['certificate-expired', /did you mean tls-expired or .*certificate/],
  ['hartbeat', /did you mean Heartbeat\?/],
  ['limits.total', /did you mean limits\.totalMs\?/],
  ['registry.helth', /did you mean registry\.health\?/],
  ['xyzzy', /explain targets, failure-modes, .*configuration and the command incidents list them/],
])('explain %s suggests a name, or the lists', async (word, says) => {
  expect(await cli(['explain', word])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(says) });
});

test.each([
  ['Success', /^Success: a metric[\s\S]*\n {2}by Environment, Host, every cycle/],
  ['limits.totalMs', /^limits\.totalMs: Milliseconds .* Default: 12000\.\n/],
  ['recheckEvery', /^incidents\.recheckEvery: /],
  ['notify', /\n {4}notify\.pagerduty\.routingKey +Where /],
  ['configuration', /^environment +Name of the environment/],
  ['scenarios', /\nmlflow-stopped +\S/],
])('explain %s explains it', async (word, shows) => {
  expect(await cli(['explain', word])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(shows) });
});
