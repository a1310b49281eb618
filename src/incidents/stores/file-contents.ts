import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { FileError } from '../../files/file-error.ts';
import { readBytes } from '../../files/read.ts';
import { sizeLimits } from '../../files/size-limits.ts';
import { textOf } from '../../files/text.ts';
import { type ParsedState, readState } from '../state-schema.ts';
import type { Stored } from '../store.ts';

type NoState = Exclude<ParsedState, { readonly kind: 'state' }>;

export type Found =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'state' } & Stored)
  | (NoState & { readonly bytes: Buffer });

/** The contents of a file of the store. */
const document = v.object({ version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)), state: v.unknown() });

export const fileContents = ({ state, version }: Stored): string => `${JSON.stringify({ version, state })}\n`;

/** @throws FileError */
export const findIn = async (path: string): Promise<Found> => {
  const bytes = await readBytes(path, sizeLimits.state).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (bytes === null) return { kind: 'nothing' };
  const parsed = parse(bytes);
  return 'reason' in parsed ? { ...parsed, bytes } : parsed;
};

const isMissing = (error: unknown): boolean =>
  error instanceof FileError && error.trouble.kind === 'system' && error.trouble.code === 'ENOENT';

const parse = (bytes: Buffer): ({ readonly kind: 'state' } & Stored) | NoState => {
  try {
    const read = v.safeParse(document, JSON.parse(textOf(bytes)));
    if (!read.success) return { kind: 'unreadable', reason: 'does not hold incidents' };
    const parsed = readState(read.output.state);
    return parsed.kind === 'state' ? { ...parsed, version: read.output.version } : parsed;
  } catch (error) {
    return { kind: 'unreadable', reason: `is not JSON (${error instanceof Error ? error.message : String(error)})` };
  }
};

/** The existing copy of these bytes that was put aside; null: there is none. */
export const copyOf = async (path: string, bytes: Buffer): Promise<string | null> => {
  const names = await readdir(dirname(path));
  for (const name of names.filter((one) => one.startsWith(`${basename(path)}.unreadable-`))) {
    const copy = join(dirname(path), name);
    if (bytes.equals(await readBytes(copy, sizeLimits.state))) return copy;
  }
  return null;
};

const stateEnding = '.json';

/** The environments whose incidents are in this folder; a folder that cannot be read has none. */
export const environmentsIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).flatMap((name) => {
    const isState = name.endsWith(stateEnding) && !name.startsWith('.') && !name.endsWith(`.history${stateEnding}`);
    return isState ? [name.slice(0, -stateEnding.length)] : [];
  });
