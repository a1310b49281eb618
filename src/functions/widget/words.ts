import type { Severity } from '../../model/incident.ts';
import { cut, plainText } from '../../wording/plain-text.ts';
import { clock as clockBeside, sinceWords as since } from '../../wording/time.ts';
import { widgetLimits } from './limits.ts';

/** A name or server text, as one line of limited length. */
export const nameOf = (text: string): string => cut(plainText(text.slice(0, 2_000)), widgetLimits.name);
export const said = (text: string, most: number = widgetLimits.text): string =>
  cut(plainText(text.slice(0, 2_000)), most);

/** Omits the date if it is today. */
export const clock = (at: string, now: number): string => clockBeside(at, new Date(now).toISOString());

export const sinceWords = (at: string, now: number): string => since(at, new Date(now).toISOString());

/** Distinguishable without colour. */
export const severityMarks: Readonly<Record<Severity, string>> = { critical: '✗', warning: '!', notice: '·' };
