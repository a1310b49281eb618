import { missingVersion } from '../model/check-fails.ts';
import type { Report } from '../model/report.ts';
import { cut, plainText } from './plain-text.ts';
import { duration } from './time.ts';

/** Versions are short; one in a saved report may be anything. */
const shownLetters = 100;

/** Null: the version came, or none was awaited. */
export const missingVersionSentence = ({ awaited }: Pick<Report, 'awaited'>): string | null =>
  awaited === undefined || awaited === null || awaited.served
    ? null
    : `Version ${shown(awaited.version)} never came: within ${duration(awaited.limitMs)}, not every path served it. The check fails.`;

/** The verdict for a title, which alone may be `healthy`. */
export const titleVerdict = (report: Pick<Report, 'awaited' | 'verdict'>): string => {
  const version = missingVersion(report);
  return version === null ? report.verdict : `${report.verdict}, version ${shown(version)} never came`;
};

const shown = (version: string): string => cut(plainText(version), shownLetters);
