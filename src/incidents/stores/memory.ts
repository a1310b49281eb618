import { parseState } from '../state-schema.ts';
import type { IncidentStore } from '../store.ts';
import { asideName } from './aside-name.ts';
import { notAState } from './wording.ts';

interface Entry {
  readonly json: string;
  readonly version: number;
  /** Name of the copy of unreadable contents, which may then be overwritten. */
  readonly keptAs: string | null;
}

/** Text, as in every other store, so that callers share no mutable data with it. */
export type MemoryContents = Map<string, Entry>;

/** For one process, without persistence. Stores over the same contents see each other's writes. */
export const createMemoryStore = (
  contents: MemoryContents = new Map(),
  now: () => number = Date.now,
): IncidentStore => ({
  load: async (environment) => {
    const entry = contents.get(environment);
    if (entry === undefined) return null;
    const parsed = parseState(entry.json);
    if (parsed.kind !== 'state') throw notAState(`The stored state of ${environment}`, parsed);
    return { state: parsed.state, version: entry.version };
  },
  save: async (state, expected) => {
    const entry = contents.get(state.environment);
    const there = entry === undefined || entry.keptAs !== null ? null : entry.version;
    if (there !== expected) return false;
    contents.set(state.environment, { json: JSON.stringify(state), version: (expected ?? 0) + 1, keptAs: null });
    return true;
  },
  putAside: async (environment) => {
    const entry = contents.get(environment);
    const keptAs = entry?.keptAs ?? asideName(environment, '#', now());
    if (entry !== undefined && parseState(entry.json).kind === 'unreadable') {
      contents.set(keptAs, { ...entry, keptAs: null });
      contents.set(environment, { ...entry, keptAs });
    }
    return keptAs;
  },
});
