import { describe, expect, it } from 'vitest';
import { judgeBody } from '../../src/classify/body.ts';
import { readJson } from '../../src/classify/json.ts';
import { namedVersion } from '../../src/classify/version.ts';

const read = (body: string) => ({ body, json: readJson(body) });

describe('the version in a body', () => {
  it.each([
    ['3.9.0', '3.9.0'],
    [' v1.2-rc.1+build.5\n', 'v1.2-rc.1+build.5'],
    ['"3.9.0"', '3.9.0'],
    ['{"version":"3.9.0","status":"ok"}', '3.9.0'],
    ['{"version":2.9}', '2.9'],
    // As a number it would be 2.1.
    ['2.10', '2.10'],
    // A tag, and the hash of a commit.
    ['release', 'release'],
    ['4f2c9ab', '4f2c9ab'],
  ])('%s', (body, version) => {
    expect(namedVersion(read(body))).toBe(version);
  });

  it.each([
    '',
    'Not Found',
    '<html>3.9.0</html>',
    '{}',
    '{"version":null}',
    '{"version":{"a":1}}',
    '["1.2"]',
    'x'.repeat(101),
  ])('is missing in %s', (body) => {
    expect(namedVersion(read(body))).toBeNull();
  });

  it('must look like a version when any version will do', () => {
    const isVersion = (body: string): boolean => judgeBody(read(body), { kind: 'version' }).status === 'pass';
    for (const body of ['3.9.0', 'v1.2', '2.10', '{"version":"1.2"}', '{"version":2.9}'])
      expect(isVersion(body), body).toBe(true);
    for (const body of ['release', 'OK', '7', '{"version":"latest"}', '<html></html>'])
      expect(isVersion(body), body).toBe(false);
  });
});
