import type { Severity } from '../../model/incident.ts';
import { cut, plainText } from '../../wording/plain-text.ts';
import { clock as clockBeside, sinceWords as since } from '../../wording/time.ts';
import { widgetLimits } from './limits.ts';

/** A name, or text from a server, in one line of bounded length. */
export const nameOf = (text: string): string => cut(plainText(text.slice(0, 2_000)), widgetLimits.name);
export const said = (text: string, most: number = widgetLimits.text): string =>
  cut(plainText(text.slice(0, 2_000)), most);

/** Without the day when that is today's. */
export const clock = (at: string, now: number): string => clockBeside(at, new Date(now).toISOString());

export const sinceWords = (at: string, now: number): string => since(at, new Date(now).toISOString());

/** Told apart without colour. */
export const severityMarks: Readonly<Record<Severity, string>> = { critical: '✗', warning: '!', notice: '·' };
