import * as v from 'valibot';

/*
 * Fields that decide something are validated strictly. Fields that are only shown read as "not known" if a saved report
 * lacks them or has another shape, so reports of other versions stay usable.
 *
 * Types and JSON Schema come from these schemas. The comment above a field is its help in editors and its description
 * in the JSON Schema (scripts/schemas/).
 */

export const shown = <const T extends v.GenericSchema>(schema: T, otherwise: v.InferOutput<T>) =>
  v.fallback(schema, otherwise as never);
export const orNull = <const T extends v.GenericSchema>(schema: T) => v.fallback(v.nullable(schema), null);
export const listOf = <const T extends v.GenericSchema>(entry: T) => v.fallback(v.array(entry), []);

export const text = v.fallback(v.string(), '');
export const number = v.fallback(v.number(), 0);
export const flag = v.fallback(v.boolean(), false);
export const ms = orNull(v.number());
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** ISO 8601, UTC. */
export const moment = v.string();
/** Ids of targets, and `registration.<step>`. */
export const ids = v.array(v.string());
