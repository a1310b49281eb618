import { isIPv4 } from 'node:net';
import * as v from 'valibot';
import { durationPattern } from '../duration.ts';
import type { Format } from '../format.ts';
import { hostNamePattern, isHostName } from '../network-address.ts';

/*
 * Leaves of the schema. The message of a valibot action is the name of a form (format.ts), never prose:
 * issues.ts makes an error of it, wording.ts a message. Patterns have no flags, because JSON Schema has none.
 */

/** An optional key, with the help that editors show. */
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

export const dnsName = v.pipe(
  hostName,
  v.check((name) => !isIPv4(name), 'dns-name' satisfies Format),
);

/** A bare number lacks its unit, so it fails with the same message. */
export const duration = v.pipe(
  v.string('duration' satisfies Format),
  v.regex(durationPattern, 'duration' satisfies Format),
);

/** PATH_MAX of Linux: no system allows longer names. */
export const fileName = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.maxLength(4_096),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this pattern refuses NUL and other control characters in paths.
  v.regex(/^[^\u0000-\u001f]*$/, 'file-name' satisfies Format),
);
