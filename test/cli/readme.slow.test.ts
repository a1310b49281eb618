import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

const readme = new URL('../../README.md', import.meta.url);

/** Times, bars, ports and machines differ from run to run. */
const normalized = (line: string): string =>
  line
    .replaceAll(/[·░▒▓█]+$/g, '')
    .replaceAll(/[\d.]+ m?s\b/g, 'N ms')
    .replaceAll(/:\d{4,5}\b/g, ':PORT')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'DATE')
    .replaceAll(/from \S+,/g, 'from HOST,')
    .replaceAll(/ +/g, ' ')
    .trimEnd();

/** The lines of the code block that has this text, each up to where it is abridged. */
const blockWith = async (text: string): Promise<readonly string[]> => {
  const blocks = [...(await readFile(readme, 'utf8')).matchAll(/^```[^\n]*\n([\s\S]*?)^```$/gm)].map(
    ([, block = '']) => block,
  );
  const block = blocks.find((each) => each.includes(text)) ?? '';
  return block
    .split('\n')
    .map((line) => normalized(line.split('…')[0] ?? ''))
    .filter((line) => line.trim() !== '');
};

describe('the README shows the output of the built command line', () => {
  let folder: string;
  let report: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    report = join(folder, 'report.json');
    // At the platform's own pace, which a busy machine keeps.
    const broken = ['check', '--sandbox', '--pace', '10', '--scenario', 'discovery-record-deleted'];
    expect(await cli([...broken, '--format', 'json', '--output', report])).toMatchObject({ exitCode: 1 });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['pretty', 'stopped at step 1 of 20'],
    ['github', '## ❌ Hokusai sandbox: failing'],
  ])('as --format %s', async (format, text) => {
    const shown = await blockWith(text);
    const { stdout } = await cli(['replay', report, '--format', format]);
    const printed = stdout.split('\n').map(normalized);

    expect(shown.length).toBeGreaterThan(4);
    expect(shown.filter((line) => !printed.some((each) => each.startsWith(line)))).toEqual([]);
  });
});

/** The calls of the command line in the code blocks of the README, each as words. */
const callsIn = (page: string): readonly (readonly string[])[] =>
  [...page.matchAll(/^npx hokusai-synthetics ([^#\n]+)/gm)].map(([, words = '']) => words.trim().split(/\s+/));

/** `incidents` is the only command with commands below it. */
const commandOf = (call: readonly string[]): readonly string[] =>
  call.slice(0, call[0] === 'incidents' && call[1]?.startsWith('--') === false ? 2 : 1);

it('the README uses only options that exist', async () => {
  const calls = callsIn(await readFile(readme, 'utf8'));
  const commands = [...new Set(calls.map((call) => commandOf(call).join(' ')))];
  const help = new Map(
    await Promise.all(
      commands.map(async (command) => [command, (await cli([...command.split(' '), '--help'])).stdout] as const),
    ),
  );
  const unknown = calls.flatMap((call) => {
    const command = commandOf(call).join(' ');
    const options = call.filter((word) => word.startsWith('--'));
    return options
      .filter((option) => !help.get(command)?.includes(`${option} `))
      .map((option) => `${command} ${option}`);
  });

  expect(commands.length).toBeGreaterThan(8);
  expect(unknown).toEqual([]);
});
