import { isIPv4 } from 'node:net';
import * as v from 'valibot';
import { durationPattern } from '../duration.ts';
import type { Format } from '../format.ts';
import { hostNamePattern, isHostName } from '../network-address.ts';

/*
 * Leaves of the schema. The message of a valibot action is the name of a form (format.ts), never prose:
 * issues.ts turns it into a fault, wording.ts into words. Patterns carry no flags, for JSON Schema knows none.
 */

/** A key that may be left out, with the help that editors show. */
export const key = <S extends v.GenericSchema>(schema: S, help: string) =>
  v.exactOptional(v.pipe(schema, v.description(help)));

export const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

export const text = (most: number) => v.pipe(v.string(), v.nonEmpty(), v.maxLength(most));

export const matching = (pattern: RegExp, format: Format) => v.pipe(v.string(), v.regex(pattern, format));

export const hostName = v.pipe(
  v.string(),
  v.regex(hostNamePattern, 'host-name' satisfies Format),
  v.check(isHostName, 'host-name' satisfies Format),
);

/** An address has no name to resolve. */
export const dnsName = v.pipe(
  hostName,
  v.check((name) => !isIPv4(name), 'dns-name' satisfies Format),
);

/** A bare number is no duration either: it lacks its unit. */
export const duration = v.pipe(
  v.string('duration' satisfies Format),
  v.regex(durationPattern, 'duration' satisfies Format),
);

/** Longer is no name of a file on any system (PATH_MAX of Linux). */
export const fileName = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.maxLength(4_096),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a NUL in a path is what is refused here.
  v.regex(/^[^\u0000-\u001f]*$/, 'file-name' satisfies Format),
);
