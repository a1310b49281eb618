import { failsAsKnown, isFailure, type Strictness } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import { few, plural } from './count.ts';
import { plainText } from './plain-text.ts';

const shownNames = 4;

/** Why the check fails although nothing new does; empty: it fails for another reason, or passes. */
export const failOnKnownWords = (report: Report, strictness: Strictness): string => {
  const all = requests(report);
  if (!failsAsKnown(report.verdict, all, strictness)) return '';
  const known = all.filter((one) => one.known && isFailure(one, strictness));
  const names = few(
    known.map(({ id }) => plainText(id)),
    shownNames,
  );
  return `exit code 1 because of --fail-on-known: ${plural(known.length, 'request')} still ${known.length === 1 ? 'fails' : 'fail'} as in the baseline (${names})`;
};
