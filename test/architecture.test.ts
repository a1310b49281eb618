import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rooms } from '../scripts/pages/rooms.ts';

const root = join(import.meta.dirname, '..', 'src');

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.d)\.ts$/.test(file));

const roomOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '.') : '.');

const pathsIn = (file: string, imports: RegExp): readonly string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(imports)]
    .map(([, path = '']) => relative(root, join(root, dirname(file), path)))
    .filter((path) => !path.startsWith('..'));

/** Static and dynamic imports of the project's own files, as paths below src. */
const importsOf = (file: string): readonly string[] => pathsIn(file, /(?:from|import)\s*\(?\s*'(\.[^']+)'/g);

/** Those that are there from the start; types are not. */
const staticImportsOf = (file: string): readonly string[] =>
  pathsIn(file, /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm);

/** What is loaded at some time: all but types. */
const loadedImportsOf = (file: string): readonly string[] => [
  ...staticImportsOf(file),
  ...pathsIn(file, /\bimport\(\s*'(\.[^']+)'/g),
];

/** Why these may touch the file system past `files/`. */
const touchFiles: Readonly<Record<string, string>> = {
  'cli/commands/init.ts': 'looks whether there is a file already, and the schema beside the program',
  'incidents/stores/file-contents.ts': 'lists the states of a folder, and the copies that were put aside',
  'incidents/stores/file-lock.ts': 'the lock is a symbolic link, made in one step',
  'incidents/stores/process-identity.ts': 'reads in /proc which process holds a lock',
  'incidents/stores/write-file.ts': 'makes the folder of the state, and removes what a kill has left of it',
  'probe/dns/hosts-file.ts': 'reads the system’s hosts file, at once, before a cycle begins',
  'probe/dns/name-servers.ts': 'reads the system’s own list of name servers, at once, before a cycle begins',
  'sandbox/start.ts': 'writes into the temporary folder of its own',
  'sandbox/temporary-folder.ts': 'makes and removes that folder',
};

/** Why these may read or write the standard streams. */
const touchStreams: Readonly<Record<string, string>> = {
  'cli/init/ask.ts': 'a conversation, line by line',
  'cli/main.ts': 'runs on a Node that is too old for anything else',
  'cli/mcp/server.ts': 'ends when its client closes standard input',
  'cli/print.ts': 'the one way to standard output and standard error',
  'files/read-argument.ts': 'the one way from standard input',
  'functions/acknowledge/handler.ts': 'its log',
  'functions/probe/publish.ts': 'metrics in the log, as EMF',
  'functions/widget/handler.ts': 'its log',
};

const filesWith = (pattern: RegExp): readonly string[] =>
  files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8'))).toSorted();

const reachedFrom = (start: string, importsIn: (file: string) => readonly string[]): ReadonlySet<string> => {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const next of importsIn(file)) visit(next);
  };
  visit(start);
  return reached;
};

describe('the rooms', () => {
  it('are all named in the table', () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(rooms).sort());
  });

  it('import only what the table allows', () => {
    const violations = files.flatMap((file) => {
      const allowed = rooms[roomOf(file)]?.mayImport ?? [];
      if (allowed === 'all') return [];
      const foreign = importsOf(file).filter((path) => roomOf(path) !== roomOf(file));
      return foreign.filter((path) => !allowed.includes(roomOf(path))).map((path) => `${file} imports ${path}`);
    });
    expect(violations).toEqual([]);
  });

  it('use files through one reader and one writer, which take regular files of limited size and replace them whole', () => {
    const past = filesWith(/from 'node:fs(\/promises)?'|(import|require)\('node:fs/).filter(
      (file) => roomOf(file) !== 'files',
    );
    expect(past).toEqual(Object.keys(touchFiles));
  });

  it('write to standard streams in one place, which handles a full disk and a closed reader', () => {
    expect(filesWith(/process\.(stdin\b|std(out|err)\.write)|createWriteStream/)).toEqual(Object.keys(touchStreams));
  });

  it('see text from outside as a string only where it is redacted or sent back', () => {
    expect(filesWith(/\breveal\b/).filter((file) => roomOf(file) !== 'raw')).toEqual(['probe/connection.ts']);
  });

  it('write JSON for people by the one function that keeps a terminal safe', () => {
    const alsoWrite = ['report/drill/trouble.ts', 'report/entry.ts', 'report/json-text.ts'];
    const inSight = filesWith(/JSON\.stringify/).filter((file) => ['cli', 'report'].includes(roomOf(file)));

    expect(inSight).toEqual(alsoWrite);
  });

  it('read the requests of a cycle from one list, so that no two rooms count differently', () => {
    // The second half is a report or a flow that is taken apart in a declaration.
    const takesReportApart =
      /\.(?:outcomes|cleanup)\b|\b(?:registration|flow)\??\.steps\b|\{[^{}]*\b(?:outcomes|cleanup)\b[^{}]*\}\s*(?::\s*\w|=[^>])|\{[^{}]*\bsteps\b[^{}]*\}\s*:\s*(?:Report|Registration|Results|Seen)\b/;
    const mayTakeItApart = {
      'model/requests.ts': 'makes the list',
      'cycle/against-baseline.ts': 'makes late requests and steps slow',
      'cycle/against-normal.ts': 'makes late requests and steps slow',
      'cycle/blindness.ts': 'takes back what a blind monitor says of the targets and steps',
      'diagnose/senders.ts': 'places failures that something in front of the application reports',
      'cli/older-report.ts': 'fills in what an older version left out',
      'registration/judge.ts': 'makes the flow’s own status',
      'cli/saved-report.ts': 'reads a saved report',
      'config/baseline.ts': 'reads a saved report',
      'drill/noise.ts': 'alters a report',
    };
    const own = files.filter((file) => takesReportApart.test(readFileSync(join(root, file), 'utf8')));
    expect(own.sort()).toEqual(Object.keys(mayTakeItApart).sort());
  });

  it('run every cycle through the one assembly, so that all entrances agree', () => {
    const users = files.filter((file) => importsOf(file).includes('cycle/run-cycle.ts') && roomOf(file) !== 'cycle');
    expect(users).toEqual(['monitor/monitor.ts']);
    const entrances = files.filter(
      (file) => importsOf(file).includes('monitor/monitor.ts') && roomOf(file) !== 'monitor',
    );
    expect(entrances).toEqual(
      expect.arrayContaining([
        ...['commands/check', 'commands/drill', 'watching/cycle'].map((file) => `cli/${file}.ts`),
        'functions/deploy-hook/check.ts',
        'functions/probe/invocation.ts',
      ]),
    );
  });

  it('diagnose from what an outcome says, never from the excerpt that is shown', () => {
    const shown = filesWith(/\.(?:summary|body|headers)\b|\{[^{}]*\b(?:summary|body)\b[^{}]*\}\s*(?::|=[^>])/);
    const deciding =
      /^(?:diagnose|metrics|cycle\/do-no-harm|drill)\b|^incidents\/(?:match|advance|identity|severity)\b/;
    // Whether a body has to be one of health is the target's.
    const ofTarget = ['diagnose/probed-request.ts'];
    expect(shown.filter((file) => deciding.test(file) && !ofTarget.includes(file))).toEqual([]);
    expect(filesWith(/['`]because of/)).toEqual(['classify/body.ts', 'cli/older-report.ts']);
  });

  it('keep the sandbox, the drill and the command line out of the functions', () => {
    for (const handler of ['functions/probe/handler.ts', 'functions/deploy-hook/handler.ts']) {
      const reached = reachedFrom(handler, importsOf);
      expect([...reached].filter((file) => /^(sandbox|drill|cli)\//.test(file))).toEqual([]);
      expect(reached).toContain('cycle/run-cycle.ts');
    }
  });

  it('keep notifications, metrics and incident writes out of the deployment check', () => {
    const reached = reachedFrom('functions/deploy-hook/handler.ts', loadedImportsOf);
    expect(
      [...reached].filter((file) => /^(notify|metrics)\/|^incidents\/(remember|deliver|advance)/.test(file)),
    ).toEqual([]);
    expect(reached).toContain('aws/state-table.ts');
    expect(reached).toContain('monitor/monitor.ts');
  });

  it('keep probing, diagnosis and notifications out of the dashboard’s widget', () => {
    const reached = reachedFrom('functions/widget/handler.ts', importsOf);
    const rooms = new Set([...reached].map(roomOf));
    expect([...rooms].sort()).toEqual(['aws', 'functions', 'incidents', 'model', 'platform', 'report', 'wording']);
    expect([...reached].filter((file) => /^functions\/(?!widget\/)/.test(file))).toEqual([]);
  });

  it('keep everything but the stored incidents out of the function that acknowledges', () => {
    const reached = reachedFrom('functions/acknowledge/handler.ts', importsOf);
    const rooms = new Set([...reached].map(roomOf));
    expect([...rooms].sort()).toEqual(['aws', 'functions', 'incidents', 'model', 'platform']);
    expect([...reached].filter((file) => /^functions\/(?!acknowledge\/)/.test(file))).toEqual([]);
  });

  it('load no texts for people in a cycle that has nothing to report', () => {
    const reached = reachedFrom('functions/probe/invocation.ts', staticImportsOf);
    expect([...reached].filter((file) => /^platform\/runbook|^notify\//.test(file))).toEqual([]);
    expect(reached).toContain('monitor/track.ts');
  });
});
