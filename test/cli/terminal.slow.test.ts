import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { commandsIn, optionsIn } from '../build/help.ts';
import { hostile } from '../report/hostile.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { onlyTargets } from '../support/one-server.ts';

/** Sets a terminal's title, clears it, turns it red by a C1 sequence, hides and turns text, and ends a line elsewhere. */
const steering = 'seen\u001b]0;x\u0007\u001b[2J\u001b[8m\u009b31m\u202e\u2066\u200b\u2028';

/** Commands whose formats show what came from outside, with what they show it of. */
const shows: Readonly<Record<string, string>> = {
  replay: 'replay hostile.json --config own.json',
  incidents: 'incidents --state hostile-state.json --config own.json',
  check: 'check --config own.json --baseline hostile.json',
};

/** Commands whose formats show only our own words. AWS's answers: test/wording. */
const ownWords = ['sandbox', 'confirm', 'drill'];

/** Commands without formats that show a configuration or a state. */
const others = [
  'explain my.own --config own.json',
  'explain targets --config own.json',
  'validate --config own.json',
  'validate --config broken.json',
  'validate --config broken.yaml',
  'incidents acknowledge nothing --state hostile-state.json --config own.json',
  'watch --every 10s --cycles 1 --config own.json --state hostile-state.json',
  'watch --every 10s --cycles 1 --config own.json --state unreadable-state.json',
] as const;

let folder: string;

const run = (call: string): Promise<CliResult> => cli(call.split(' '), { XDG_STATE_HOME: folder }, folder);

/** The same text with more in every place that holds text from outside. */
const withSteering = (json: string): string =>
  JSON.stringify(
    JSON.parse(json, (name, value: unknown) =>
      typeof value === 'string' && ['summary', 'by', 'reason', 'current', 'confirmedBy'].includes(name)
        ? `${value} ${steering}`
        : value,
    ),
  );

const own = {
  environment: 'test',
  credentials: { apiKey: 'none' },
  network: { connectTo: ['::127.0.0.1:1'] },
  limits: { confirmPauseMs: 0 },
  registration: { enabled: false },
  incidents: { open: { failures: 1, of: 1 }, mute: [{ host: 'api', until: '2099-01-01T00:00Z', reason: steering }] },
  targets: onlyTargets({
    'my.own': { url: `http://own.test/${steering.replace('\u2028', '')}`, expect: { contains: steering } },
    'my.constructor': { url: 'http://constructor/', method: 'POST', body: steering },
  }),
};

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  await write('own.json', JSON.stringify(own));
  await write('broken.json', JSON.stringify({ ...own, [steering]: steering, hosts: { [steering]: steering } }));
  await write('broken.yaml', `a: [${steering}\n"${steering}": *${steering}\n`);
  await write('unreadable-state.json', `{${steering}`);
  await run('check --sandbox --scenario key-revoked --format json --output report.json');
  await write('hostile.json', JSON.stringify(hostile(JSON.parse(await read('report.json')) as Report)));
  await run('watch --every 10s --cycles 2 --sandbox --skip-registration --scenario key-revoked --state state.json');
  const state = (await read('state.json')).replace(/"environment": ?"sandbox"/g, '"environment":"test"');
  await write('hostile-state.json', withSteering(state));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const assertHarmless = ({ exitCode, stdout, stderr }: CliResult): void => {
  expect(stdout + stderr).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(exitCode).not.toBeNull();
};

const formatsOf = async (command: string): Promise<readonly string[]> =>
  optionsIn((await run(`${command} --help`)).stdout).find(({ name }) => name === '--format')?.choices ?? [];

describe('nothing that a terminal obeys is printed', () => {
  it('by any command in any format that shows what came from outside', async () => {
    const commands = commandsIn((await run('--help')).stdout).filter((name) => name !== 'help');
    const formatted: string[] = [];
    for (const command of commands) {
      const choices = await formatsOf(command);
      if (choices.length > 0) formatted.push(command);
      const call = shows[command];
      if (call === undefined) continue;
      for (const choice of choices) {
        const result = await run(`${call} --format ${choice}`);
        assertHarmless(result);
        expect(result.stdout.length, `${call} --format ${choice}: ${result.stderr}`).toBeGreaterThan(100);
      }
    }
    expect(formatted.sort()).toEqual([...Object.keys(shows), ...ownWords].sort());
  });

  it.each(others)('by %s', async (call) => {
    const result = await run(call);
    assertHarmless(result);
    expect(result.stdout + result.stderr).not.toBe('');
  });

  it('and the words beside it stay', async () => {
    const { stdout } = await run(`${shows['incidents']} --format json`);
    expect(stdout).toContain('seen\\u001b]0;x\\u0007');
    expect((await run('explain my.own --config own.json')).stdout).toContain('contains seen?]0;x');
  });
});
