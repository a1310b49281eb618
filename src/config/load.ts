import { resolve } from 'node:path';
import { type Assembled, assemble } from './assemble.ts';
import { check } from './check.ts';
import { type ConfigErrorAt, finding, kindOf } from './config-errors.ts';
import { type ConfigSource, locateAll, readDocument } from './document.ts';
import { incidentErrors } from './incidents.ts';
import { literalSecrets } from './literal-secrets.ts';
import { notesOn } from './notes.ts';
import { PathSet } from './path-set.ts';
import { ConfigError, type ConfigNotice, inOrder, noteOf, problemOf } from './problem.ts';
import type { Configuration } from './schema/configuration.ts';
import type { Settings } from './settings.ts';
import { isMapping, tooDeep } from './structure.ts';

/** The settings of a configuration; null: the defaults. Throws ConfigError with every problem. */
export const loadSettings = async (source: ConfigSource | null): Promise<Settings> =>
  source === null ? assemble({}, '', null).settings : (await valid(source)).assembled.settings;

/** A configuration with everything that its author should know. */
export interface Examined {
  /** Null: it is valid. */
  readonly error: ConfigError | null;
  /** Of what is valid, with defaults for the rest. */
  readonly settings: Settings;
  readonly notes: readonly ConfigNotice[];
}

/** As loadSettings, with notes (notes.ts) at this time, in milliseconds since 1970, and without throwing. */
export const examineSettings = async (source: ConfigSource, now: number): Promise<Examined> => {
  const judged = await judge(withoutMark(source.text), resolve(source.folder ?? '.'));
  return {
    error: await errorIn(source, judged),
    settings: judged.assembled.settings,
    notes: await noted(source, judged, now),
  };
};

const valid = async (source: ConfigSource): Promise<Judged> => {
  const judged = await judge(withoutMark(source.text), resolve(source.folder ?? '.'));
  const error = await errorIn(source, judged);
  if (error !== null) throw error;
  return judged;
};

const errorIn = async (source: ConfigSource, { findings }: Judged): Promise<ConfigError | null> => {
  if (findings.length === 0) return null;
  const located = await locateAll(withoutMark(source.text), findings.slice(0, findingsLimit));
  const problems = located.map(([each, position]) => problemOf(each, position, source.name));
  return new ConfigError(inOrder(problems), findings.length);
};

/** Editors on Windows write a byte order mark. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** Locating each costs a walk through the document, and a file with more problems is probably the wrong file. */
const findingsLimit = 100;

interface Judged {
  readonly findings: readonly ConfigErrorAt[];
  readonly assembled: Assembled;
  readonly document: Configuration;
}

const judge = async (text: string, folder: string): Promise<Judged> => {
  const read = await readDocument(text);
  const walkable = tooDeep(read.value) === null ? read.value : undefined;
  const tooLarge = read.findings.some(({ fault }) => fault.code === 'too-large');
  const secrets = tooLarge ? [] : literalSecrets(text, walkable);
  const checked = read.value === undefined ? { findings: [], sound: {}, brokenTargets: [] } : check(read.value);
  const { sound } = checked;
  const ca = await certificates(sound, folder);
  const targetsAreWhole = !checked.findings.some(({ path }) => path[0] === 'targets');
  const assembled = assemble(sound, folder, ca.pem, {
    keyHosts: isSpoilt(read.value, sound, 'hosts') || isSpoilt(read.value, sound, 'credentials'),
    targets: checked.brokenTargets,
  });
  // Report a secret once, not also as a malformed value.
  const secretPaths = new PathSet(secrets.map(({ path }) => path).filter(({ length }) => length > 0));
  const others = [
    ...checked.findings,
    ...ca.findings,
    ...assembled.findings,
    ...incidentErrors(sound.incidents, targetsAreWhole ? assembled.settings.targets : null),
  ];
  const findings = [...read.findings, ...secrets, ...others.filter(({ path }) => !secretPaths.has(path))];
  return { findings, assembled, document: sound };
};

const isSpoilt = (document: unknown, sound: Configuration, section: 'hosts' | 'credentials'): boolean =>
  isMapping(document) && kindOf(document[section]) !== 'nothing' && sound[section] === undefined;

const certificates = async (
  { network }: Configuration,
  folder: string,
): Promise<{ readonly pem: string | null; readonly findings: readonly ConfigErrorAt[] }> => {
  if (network?.caFile === undefined) return { pem: null, findings: [] };
  // Imported when needed: node:crypto takes longer to load than everything else here.
  const { readCaFile } = await import('./ca-file.ts');
  const path = resolve(folder, network.caFile);
  const file = await readCaFile(path);
  if (file.kind === 'read') return { pem: file.pem, findings: [] };
  return { pem: null, findings: [finding(['network', 'caFile'], { code: 'ca-file', file: path, why: file.why })] };
};

const noted = async (
  source: ConfigSource,
  { document, assembled }: Judged,
  now: number,
): Promise<readonly ConfigNotice[]> => {
  const notes = notesOn(document, assembled, now);
  if (notes.length === 0) return [];
  const { readYaml } = await import('./yaml-document.ts');
  const { locate } = readYaml(withoutMark(source.text));
  return inOrder(notes.map(({ path, words }) => noteOf(path, locate(path, 'key'), source.name, words)));
};
