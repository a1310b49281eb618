import * as v from 'valibot';
import { cutText } from '../cut-text.ts';
import { storedTextBytes } from './limits.ts';

/*
 * The parts of what is stored. Every text and list has a bound. It is cut on reading and before writing (`bounded` in
 * incidents/state-schema.ts).
 */

/** A text, cut at this many bytes. */
export const text = (bytes: number) =>
  v.pipe(
    v.string(),
    v.transform((all) => cutText(all, bytes)),
  );
export const name = text(storedTextBytes.name);
export const id = text(storedTextBytes.id);
export const version = text(storedTextBytes.version);
export const reason = text(storedTextBytes.reason);
export const normal = text(storedTextBytes.normal);

export const time = v.pipe(
  v.string(),
  v.check((at) => !Number.isNaN(Date.parse(at))),
  v.transform((at) => (at.length > storedTextBytes.time ? new Date(at).toISOString() : at)),
);

type Part = v.GenericSchema<unknown, unknown>;

/** A list that keeps its first `most` entries. */
export const firstOf = <const T extends Part>(part: T, most: number) =>
  v.pipe(
    v.array(part),
    v.transform((all) => all.slice(0, most)),
  );

/** An append-only list that keeps its last `most` entries. */
export const newestOf = <const T extends Part>(part: T, most: number) =>
  v.pipe(
    v.array(part),
    v.transform((all) => all.slice(-most)),
  );

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
