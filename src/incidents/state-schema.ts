import * as v from 'valibot';
import type { State } from './state.ts';
import { schemaVersion, state } from './state-shape.ts';
import type { StoreTrouble } from './store.ts';

/** Cuts every text and list at its bound. Anything within its bound is unchanged. */
export const bounded = (value: State): State => v.parse(state, value);

/** `reason` continues a sentence after "it": `it is no JSON`. */
export type ParsedState =
  | { readonly kind: 'state'; readonly state: State }
  | { readonly kind: Exclude<StoreTrouble, 'unavailable'>; readonly reason: string };

const unreadable = (reason: string): ParsedState => ({ kind: 'unreadable', reason });

/** Parses stored JSON text. */
export const parseState = (json: string): ParsedState => {
  try {
    return readState(JSON.parse(json));
  } catch (error) {
    return unreadable(`is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
};

/** Reads a stored value that is already parsed from JSON. */
export const readState = (value: unknown): ParsedState => {
  const written = v.safeParse(v.object({ schemaVersion: v.pipe(v.number(), v.safeInteger()) }), value);
  if (!written.success) return unreadable('has no schemaVersion');
  if (written.output.schemaVersion > schemaVersion)
    return {
      kind: 'newer',
      reason: `has schemaVersion ${written.output.schemaVersion}, and this version of the program reads ${schemaVersion}`,
    };
  const parsed = v.safeParse(state, value, { abortEarly: true });
  if (parsed.success) return { kind: 'state', state: parsed.output };
  const [issue] = parsed.issues;
  return unreadable(`holds an invalid value: ${v.getDotPath(issue) ?? 'the whole'}`);
};
