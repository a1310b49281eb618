import { failsCheck, type Strictness } from './predicates.ts';
import type { Report } from './report.ts';
import { requests } from './requests.ts';

/** The version that the check waited for and that never came; null: it came, or none was awaited. */
export const missingVersion = ({ awaited }: Pick<Report, 'awaited'>): string | null =>
  awaited === undefined || awaited === null || awaited.served ? null : awaited.version;

/** The whole check fails: by its results, or because the version that it waited for never came. */
export const checkFails = (report: Report, strictness: Strictness): boolean =>
  missingVersion(report) !== null || failsCheck(report.verdict, requests(report), strictness);
