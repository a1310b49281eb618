import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { type ParsedState, readState } from '../state-schema.ts';
import type { Stored } from '../store.ts';

type NoState = Exclude<ParsedState, { readonly kind: 'state' }>;

export type Found =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'state' } & Stored)
  | (NoState & { readonly bytes: Buffer });

/** What a store of files writes. */
const document = v.object({ version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)), state: v.unknown() });

export const fileContents = ({ state, version }: Stored): string => `${JSON.stringify({ version, state })}\n`;

/** @throws what the file system throws */
export const findIn = async (path: string): Promise<Found> => {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return { kind: 'nothing' };
  const parsed = parse(bytes.toString());
  return 'reason' in parsed ? { ...parsed, bytes } : parsed;
};

const parse = (text: string): ({ readonly kind: 'state' } & Stored) | NoState => {
  try {
    const read = v.safeParse(document, JSON.parse(text));
    if (!read.success) return { kind: 'unreadable', reason: 'holds something else than incidents' };
    const parsed = readState(read.output.state);
    return parsed.kind === 'state' ? { ...parsed, version: read.output.version } : parsed;
  } catch (error) {
    return { kind: 'unreadable', reason: `is no JSON (${error instanceof Error ? error.message : String(error)})` };
  }
};

/** The copy of these bytes that was put aside; null: there is none. */
export const copyOf = async (path: string, bytes: Buffer): Promise<string | null> => {
  const names = await readdir(dirname(path));
  for (const name of names.filter((one) => one.startsWith(`${basename(path)}.unreadable-`))) {
    const copy = join(dirname(path), name);
    if (bytes.equals(await readFile(copy))) return copy;
  }
  return null;
};
