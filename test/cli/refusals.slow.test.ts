import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

describe('a bad call or file gets one line with the way out, and exit code 2', () => {
  const cases: readonly {
    readonly title: string;
    readonly args: () => Promise<readonly string[]>;
    readonly expected: RegExp;
  }[] = [
    { title: 'an unknown command', args: async () => ['chekc'], expected: /Did you mean check\?/ },
    { title: 'an unknown flag', args: async () => ['check', '--sandobx'], expected: /Did you mean --sandbox\?/ },
    {
      title: 'an unknown format',
      args: async () => ['check', '--sandbox', '--format', 'xml'],
      expected: /Allowed choices are pretty, json, junit, github, html/,
    },
    {
      title: 'an unknown target',
      args: async () => ['check', '--sandbox', '--target', 'registry.helth'],
      expected: /did you mean registry\.health\?/,
    },
    {
      title: 'a flow that is both selected and excluded',
      args: async () => ['check', '--sandbox', '--target', 'registration', '--skip-registration'],
      expected: /--target registration and --skip-registration exclude each other/,
    },
    {
      title: 'a single step of the flow',
      args: async () => ['check', '--sandbox', '--target', 'registration.create-run'],
      expected: /the steps of the flow need each other.*--target registration/,
    },
    {
      title: 'the flow without a key',
      args: async () => [
        'check',
        '--target',
        'registration',
        '--config',
        await file('no-key.yaml', 'credentials: { apiKey: none }\n'),
      ],
      expected: /sets no key, but these need one: registration;/,
    },
    {
      title: 'an unknown scenario',
      args: async () => ['check', '--sandbox', '--scenario', 'nope'],
      expected: /no scenario "nope"; sandbox --list shows them/,
    },
    {
      title: 'a scenario without a sandbox',
      args: async () => ['check', '--scenario', 'key-revoked'],
      expected: /it goes with --sandbox/,
    },
    {
      title: 'an invalid deadline',
      args: async () => ['check', '--deadline', 'soon'],
      expected: /Give a duration like 30s/,
    },
    { title: 'no key', args: async () => ['check'], expected: /environment variable HOKUSAI_API_KEY.*not set/ },
    {
      title: 'a missing configuration',
      args: async () => ['check', '--config', 'nowhere.yaml'],
      expected: /nowhere\.yaml: there is no such file/,
    },
    {
      title: 'a folder instead of a configuration',
      args: async () => ['check', '--config', folder],
      expected: /it is a folder/,
    },
    {
      title: 'a wrong configuration, with line and column',
      args: async () => [
        'validate',
        '--config',
        await file('wrong.yaml', 'environment: development\ntargets:\n  registry.helth: { timeoutMs: 5 }\n'),
      ],
      expected: /wrong\.yaml:3:3 {2}targets\.registry\.helth .*registry\.health/,
    },
    {
      title: 'a key in the configuration, without repeating it',
      args: async () => [
        'validate',
        '--config',
        await file('key.yaml', `credentials:\n  apiKey: hk_test_${'a1'.repeat(12)}\n`),
      ],
      expected: /key\.yaml:2:11/,
    },
    {
      title: 'a configuration whose baseline does not exist, when it is validated',
      args: async () => ['validate', '--config', await file('no-baseline.yaml', 'baseline: nowhere.json\n')],
      expected: /baseline .*nowhere\.json.* ENOENT|there is no such file/,
    },
    {
      title: 'a baseline that is not a report',
      args: async () => ['check', '--sandbox', '--baseline', await file('b.json', '{"a":1}')],
      expected: /schemaVersion is missing; save a new one: npx hokusai-synthetics check --format json/,
    },
    {
      title: 'a baseline with another schema version',
      args: async () => ['check', '--sandbox', '--baseline', await file('c.json', '{"schemaVersion":9,"outcomes":[]}')],
      expected: /schemaVersion 9 is not known to this version/,
    },
    {
      title: 'a truncated baseline',
      args: async () => ['check', '--sandbox', '--baseline', await file('d.json', '{"outcomes":[')],
      expected: /it is not JSON/,
    },
    {
      title: 'an output that cannot be written',
      args: async () => ['check', '--sandbox', '--target', 'auth.root', '--output', join(folder, 'no', 'where')],
      expected: /--output .* cannot be written: there is no such folder: make it first \(ENOENT\)/,
    },
    {
      title: 'a version to wait for without a target that reports one',
      args: async () => [
        'check',
        '--wait-for',
        '1',
        '--config',
        await file(
          'no-versions.yaml',
          'credentials: { apiKey: none }\nregistration: { enabled: false }\ntargets:\n' +
            ['registry.health', 'registry.api-health', 'api.health', 'api.v1-health']
              .map((id) => `  ${id}: { enabled: false }\n`)
              .join(''),
        ),
      ],
      expected: /--wait-for needs a target that names its version/,
    },
    {
      title: 'an unknown topic to explain',
      args: async () => ['explain', 'lb-no-rout'],
      expected: /did you mean lb-no-route\?/,
    },
    {
      title: 'an unknown step',
      args: async () => ['explain', 'create-rn'],
      expected: /did you mean create-run\?/,
    },
  ];

  it.each(cases)('$title', async ({ args, expected }) => {
    const { exitCode, stderr } = await cli(await args());
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr).not.toContain('a1a1');
    expect(exitCode).toBe(2);
  });
});
