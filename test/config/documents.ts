import { examineSettings, loadSettings } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/problem.ts';
import type { Settings } from '../../src/config/settings.ts';
import type { HttpTarget, Target } from '../../src/model/target.ts';

/** A key of the right form that belongs to nobody; made here so that no file holds one. */
export const madeUpKey = ['hk', 'test', 'Zq8rT2wLmX5vNc7yKd4B'].join('_');

export const settingsOf = (text: string, folder?: string): Promise<Settings> =>
  loadSettings({ text, name: 'synthetics.yaml', ...(folder === undefined ? {} : { folder }) });

export const notesOf = async (text: string): Promise<readonly string[]> =>
  (await examineSettings({ text, name: 'synthetics.yaml' }, Date.parse('2026-11-27T00:00Z'))).notes.map(
    ({ line, column, path, reason }) => `${line}:${column} ${path} ${reason}`,
  );

/** What is wrong with a text, a line each; none when it is valid. */
export const problemsOf = async (text: string, folder?: string): Promise<readonly string[]> => {
  try {
    await settingsOf(text, folder);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n');
  }
};

export const targetOf = ({ targets }: Settings, id: string): Target => {
  const found = targets.find((target) => target.id === id);
  if (found === undefined) throw new Error(`no target ${id}`);
  return found;
};

export const httpTargetOf = (settings: Settings, id: string): HttpTarget => {
  const found = targetOf(settings, id);
  if (found.kind !== 'http') throw new Error(`${id} is no http target`);
  return found;
};
