import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsIn } from '../build/help.ts';
import { cli } from '../support/cli.ts';

/** Sets a terminal's title, turns text red by a C1 sequence, and turns its direction. */
const steering = '\u001b]0;x\u0007\u009b31m\u202e\u2028x';
const long = 'x'.repeat(300);

/** Words that an option or argument of this name must refuse. */
const refused: Readonly<Record<string, readonly string[]>> = {
  '--baseline': ['', 'nowhere.json', steering],
  '--by': ['', long, steering],
  '--channel': ['', 'slack', '__proto__', steering],
  '--config': ['', 'nowhere.yaml', steering],
  '--cycles': ['', '0', '1.5', '-1', '1e308', '0x10', steering],
  '--deadline': ['', '5', '0s', '1e308ms', '16m', steering],
  '--environment': ['', ' ', 'two words', '../development', long, steering],
  '--every': ['', '10', '5s', '367d', steering],
  '--fail-on': ['', 'healthy', 'constructor', steering],
  '--fault': ['', 'key-revokd', '__proto__', steering],
  '--for': ['', '2', '30s', '99999999999h', '9999999h', steering],
  '--format': ['', 'xml', 'toString', steering],
  '--generation': ['', '2024', '__proto__', steering],
  '--host': ['', 'registri', '__proto__', 'constructor', steering],
  '--hypothesis': ['', 'database-down', '__proto__', steering],
  '--cause': ['', 'database-down', '__proto__', steering],
  '--listen': ['', 'localhost', '127.0.0.1:99999', steering],
  '--mlflow': [
    '',
    'localhost',
    'https://127.0.0.1',
    'http://127.0.0.1:5000/prefix',
    'http://127.0.0.1:0',
    'http://u:p@127.0.0.1',
    steering,
  ],
  '--output': ['', ' ', 'no/such/folder', 'no/such/folder.json', `no/${steering}`],
  '--pace': ['', '0', '11', '1e308', '0x5', 'NaN', steering],
  '--pairs': ['', 'some', 'valueOf', steering],
  '--reason': ['', long, 'two\nlines', steering],
  '--recheck-every': ['', '10', '1s', '2h', '1e308ms', steering],
  '--scenario': ['', 'key-revokd', 'constructor', steering],
  '--state': ['', '-', 'dynamodb:x', 'dynamodb:no table', 's3://bucket/a', 'DynamoDB:table', `dynamodb:${steering}`],
  '--target': ['', 'auth.rot', '__proto__', 'constructor', steering],
  '--until': [
    '',
    'tomorrow',
    '2026-11-31T06:00Z',
    '2020-01-01T00:00Z',
    '2099-01-01T00:00',
    '3026-01-01T00:00Z',
    steering,
  ],
  '--wait-for': [
    '',
    ' ',
    'latest',
    'main',
    '2026.6.1 beta',
    '^2026.6.1',
    '2026.6.*',
    '2026.6.1,2026.6.2',
    long,
    steering,
  ],
  '--wait-limit': ['', '10', '0s', '2d', '1e308ms', steering],
  'completion shell': ['', 'tcsh', '__proto__', steering],
  'validate file': ['', 'nowhere.yaml', steering],
  'explain subject': ['', 'lb-no-rout', '__proto__', 'constructor', steering],
  'confirm hypothesis': ['', 'database-down', '__proto__', steering],
  'incidents show id': ['', 'nothing', '__proto__', steering],
  'incidents judge id': ['', 'nothing', '__proto__', steering],
  'incidents judge verdict': ['', 'maybe', 'constructor', steering],
  'replay later': ['', 'nowhere.json', steering],
  'incidents acknowledge id': ['', 'nothing', '__proto__', steering],
  'replay report': ['', 'nowhere.json', steering],
};

/** What a command needs besides the word, so that the word is what it refuses. */
const needed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  watch: { '--every': '10s', '--cycles': '1' },
  'incidents acknowledge': { id: 'x' },
  'incidents show': { id: 'x' },
  'incidents judge': { id: 'x', verdict: 'wrong' },
  'incidents mute': { '--host': 'api', '--for': '2h' },
  'incidents unmute': { '--host': 'api' },
  explain: { subject: 'lb-no-route' },
  confirm: { hypothesis: 'rate-limited' },
  replay: { report: 'report.json' },
  sandbox: { '--list': '' },
};

/** These exclude each other. */
const excludes: Readonly<Record<string, readonly string[]>> = {
  '--target': ['--host'],
  '--hypothesis': ['--host'],
  '--until': ['--for'],
  '--scenario': ['--list'],
};

/** These go with --sandbox, which excludes --config. */
const ofSandbox = ['--scenario', '--generation', '--mlflow', '--pace'];

/** Muting by a name that does not exist has no effect; unmuting says so. */
const ofUnmute = /this is not muted by command/;

interface Place {
  readonly command: string;
  /** An option, or an argument's name. */
  readonly name: string;
}

/** Every option that takes a value, and every argument, in the order of the built program's help. */
const placesOf = async (command: string): Promise<readonly Place[]> => {
  const { stdout } = await cli([...command.split(' ').filter((word) => word !== ''), '--help']);
  const [usage = ''] = stdout.split('\n');
  const options = [...stdout.matchAll(/^ {2}(--[\w-]+) <\w+>/gm)].map(([, name = '']) => name);
  const args = [...usage.matchAll(/[<[](?!options|command)([a-z]+)[>\]]/g)].map(([, name = '']) => name);
  const below = commandsIn(stdout).filter((name) => name !== 'help');
  const inner = await Promise.all(below.map((name) => placesOf(`${command} ${name}`.trim())));
  return [...[...options, ...args].map((name) => ({ command, name })), ...inner.flat()];
};

let folder: string;
let places: readonly Place[];

const argsWith = ({ command, name }: Place, word: string): readonly string[] => {
  const others = Object.entries(needed[command] ?? {}).filter(
    ([other]) => other !== name && !(excludes[name] ?? []).includes(other),
  );
  const isSandboxed = ofSandbox.includes(name) && command !== 'sandbox' && command !== 'drill';
  const takesConfig = places.some((place) => place.command === command && place.name === '--config');
  const values: Record<string, string> = Object.fromEntries([
    ...(isSandboxed ? [['--sandbox', '']] : takesConfig ? [['--config', join(folder, 'off.json')]] : []),
    ...others,
    [name, word],
  ]);
  const options = Object.entries(values).filter(([each]) => each.startsWith('--'));
  const args = places.flatMap((place) => {
    const value = place.command === command && !place.name.startsWith('--') ? values[place.name] : undefined;
    return value === undefined ? [] : [value];
  });
  return [
    ...command.split(' '),
    ...options.map(([each, value]) => (value === '' && each !== name ? each : `${each}=${value}`)),
    ...(args.length === 0 ? [] : ['--', ...args]),
  ];
};

const wordsFor = ({ command, name }: Place): readonly string[] | undefined =>
  name.startsWith('--') ? refused[name] : refused[`${command} ${name}`];

const assertRefused = async (place: Place, word: string): Promise<void> => {
  const { exitCode, stdout, stderr } = await cli(argsWith(place, word), {}, folder);
  const [first = ''] = stderr.split('\n');
  const shown = word.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?').trim();
  const isNamed = first.includes(place.name) || (shown !== '' && stderr.includes(shown)) || ofUnmute.test(first);
  const seen = { place, word, exitCode, stdout, isNamed, steers: /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(stderr) };
  expect(seen, stderr).toEqual({ place, word, exitCode: 2, stdout: '', isNamed: true, steers: false });
  expect(stderr).not.toMatch(/\n\s+at /);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  // Nothing outside of this machine is reached, even if a word is taken by mistake.
  const network = { connectTo: ['::127.0.0.1:1'] };
  const configuration = { network, credentials: { apiKey: 'none' }, registration: { enabled: false } };
  await writeFile(join(folder, 'off.json'), JSON.stringify(configuration));
  await cli(
    ['check', '--config', 'off.json', '--target', 'auth.root', '--format', 'json', '--output', 'report.json'],
    {},
    folder,
  );
  places = await placesOf('');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a word on the command line that no configuration file may hold', () => {
  it('is known for every option with a value and every argument of every command', () => {
    expect(places.length).toBeGreaterThan(60);
    expect(places.filter((place) => wordsFor(place) === undefined)).toEqual([]);
    const names = new Set(places.map(({ command, name }) => (name.startsWith('--') ? name : `${command} ${name}`)));
    expect(Object.keys(refused).filter((name) => !names.has(name))).toEqual([]);
  });

  it.concurrent.each(Object.entries(refused))(
    'is refused before anything is done, in one line that shows it harmlessly: %s',
    async (name, words) => {
      const own = places.filter(
        (place) => (name.startsWith('--') ? place.name : `${place.command} ${place.name}`) === name,
      );
      const [first, ...others] = own;
      if (first === undefined) throw new Error(`no command has ${name}`);
      for (const word of words) await assertRefused(first, word);
      for (const other of others) await assertRefused(other, words.at(-1) ?? '');
    },
    300_000,
  );
});
