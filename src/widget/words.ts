import type { IncidentView, Severity } from '../platform/incident.ts';
import { runbooks } from '../platform/runbooks.ts';
import { cut, lasting, percent, plainText } from '../report/plain-text.ts';
import { widgetLimits } from './limits.ts';

/** A name, or what somebody said, in one line of bounded length. */
export const nameOf = (text: string): string => cut(plainText(text.slice(0, 2_000)), widgetLimits.name);
export const said = (text: string, most: number = widgetLimits.text): string =>
  cut(plainText(text.slice(0, 2_000)), most);

/** `2026-11-21 02:57 UTC`, or without the day when that is today's. */
export const clock = (at: string, now: number): string => {
  const iso = new Date(Date.parse(at)).toISOString();
  const today = new Date(now).toISOString().slice(0, 10);
  return `${iso.startsWith(today) ? '' : `${iso.slice(0, 10)} `}${iso.slice(11, 16)} UTC`;
};

export const sinceWords = (at: string, now: number): string =>
  `since ${clock(at, now)} (${lasting(now - Date.parse(at))})`;

/** `API cannot find MLflow (82 %) or proxy asks nobody (18 %)` */
export const causesInShort = ({ causes }: IncidentView): string => {
  const [first, second, ...others] = causes.map(
    ({ id, probability }) => `${runbooks[id].headline} (${percent(probability)})`,
  );
  if (first === undefined) return 'no known cause explains it';
  if (second === undefined) return first;
  return others.length === 0 ? `${first} or ${second}` : `${first} or ${others.length + 1} others`;
};

/** Told apart without colour. */
export const severityMarks: Readonly<Record<Severity, string>> = { critical: '✗', warning: '!', notice: '·' };
