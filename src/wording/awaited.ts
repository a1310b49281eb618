import { missingVersion } from '../model/check-fails.ts';
import { isBroken } from '../model/predicates.ts';
import type { Report, Verdict } from '../model/report.ts';
import { type Results, requests } from '../model/requests.ts';
import { cut, plainText } from './plain-text.ts';
import { duration } from './time.ts';
import { noKnownCauseClause } from './unexplained.ts';

/** Versions are short; one in a saved report may be anything. */
const shownLetters = 100;

type Awaiting = Pick<Report, 'awaited'>;

/** Null: the version came, or none was awaited. */
export const missingVersionSentence = ({ awaited }: Awaiting): string | null =>
  awaited === undefined || awaited === null || awaited.served
    ? null
    : `Version ${shown(awaited.version)} never came: within ${duration(awaited.limitMs)}, not every path served it. The check fails.`;

/** The same for a title, without its end: `Version 2026.6.1 never came`. */
export const missingVersionTitle = (report: Awaiting): string | null => {
  const version = missingVersion(report);
  return version === null ? null : `Version ${shown(version)} never came`;
};

/** The verdict to show: a check whose version never came fails, however healthy the older version is. */
export const shownVerdict = (report: Awaiting & Pick<Report, 'verdict'>): Verdict =>
  missingVersion(report) === null ? report.verdict : 'failing';

/** The verdict for a title. */
export const titleVerdict = (report: Awaiting & Pick<Report, 'verdict'>): string => {
  const version = missingVersion(report);
  return version === null ? report.verdict : `${shownVerdict(report)}, version ${shown(version)} never came`;
};

/** What follows the failures that no hypothesis explains. A version that never came explains those of another one. */
export const unexplainedEnd = (report: Awaiting & Results): string =>
  isAnotherVersion(report) ? `: ${anotherVersion}` : `, and ${noKnownCauseClause}`;

/** The same alone. */
export const unexplainedClause = (report: Awaiting & Results): string =>
  isAnotherVersion(report) ? anotherVersion : noKnownCauseClause;

const anotherVersion = 'another version answers';

const isAnotherVersion = (report: Awaiting & Results): boolean =>
  missingVersion(report) !== null &&
  requests(report)
    .filter((one) => isBroken(one))
    .every(({ failureMode }) => failureMode === 'unexpected-version');

const shown = (version: string): string => cut(plainText(version), shownLetters);
