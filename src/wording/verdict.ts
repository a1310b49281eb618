import type { DiagnosisStatus } from '../model/diagnosis.ts';
import { knownIds, withStatus } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { type Request, requests } from '../model/requests.ts';
import { missingVersionTitle, unexplainedEnd } from './awaited.ts';
import { blindSentence } from './blind.ts';
import { explanationSureness } from './causes.ts';
import { plural } from './count.ts';
import { capital } from './plain-text.ts';
import { withSureness } from './probability.ts';
import { troubleWords } from './requests.ts';
import { noKnownCauseClause } from './unexplained.ts';

interface Cause {
  /** A sentence. */
  readonly title: string;
  readonly probability: number | null;
}

interface Explained {
  readonly status: DiagnosisStatus;
  /** Why there is no diagnosis, if the monitor itself failed at it. */
  readonly defect: string | null;
  readonly faults: readonly { readonly causes: readonly Cause[] }[];
  readonly notRuledOut: readonly Cause[];
  readonly requests: readonly Request[];
  /** The known failures that remain to be repaired; null: there are none. */
  readonly known: Explained | null;
}

/** Members of a tie that a sentence lists. */
const shownCauses = 3;

/** The result in one sentence, with its probability. */
export const verdictSentence = (report: Report, explained: Explained): string => {
  const known = knownSentence(explained);
  if (report.verdict === 'still-failing' && known !== '') {
    const trouble = troubleWords(requests(report));
    return trouble === '' ? `Nothing new; ${known}` : `${capital(trouble)}; ${known}`;
  }
  return [newsSentence(report, explained), ...(known === '' ? [] : [capital(known)])].join(' ');
};

/** `still failing as before: MLflow does not run.`; empty: nothing is. */
const knownSentence = ({ known }: Explained): string => {
  if (known === null) return '';
  const words =
    known.faults.length > 0 ? faultsWords(known) : `${troubleWords(known.requests)}, and ${noKnownCauseClause}`;
  return `still failing as before: ${words}.`;
};

const newsSentence = (report: Report, explained: Explained): string => {
  const { status, defect } = explained;
  switch (status) {
    case 'monitor-blind':
      return blindSentence(report.blind);
    case 'no-match':
      return `${troubleWords(requests(report))}${unexplainedEnd(report)}.`;
    case 'match':
    case 'ambiguous':
      return `${faultsWords(explained)}.`;
    case 'healthy':
    case 'inconclusive':
      return [withoutCause(report), ...(defect === null ? [] : [`${defect}.`])].join(' ');
  }
};

/** Gives probabilities for a single fault only. Those of several faults, side by side, would read as one distribution. */
const faultsWords = (explained: Explained): string => {
  const { faults } = explained;
  const [only, ...more] = faults;
  if (only !== undefined && more.length === 0)
    return faultWords(only.causes, shownCauses, explanationSureness(explained));
  return `${faults.length} independent faults: ${faults.map(({ causes }) => faultWords(causes, 1, () => '')).join('; ')}`;
};

const faultWords = (causes: readonly Cause[], most: number, sure: (one: Cause) => string): string => {
  const shown = causes
    .slice(0, most)
    .map((cause) => withSureness(cause.title.replace(/\.$/, ''), sure(cause)))
    .join(', or: ');
  const rest = causes.length - most;
  return rest <= 0 ? shown : `${shown}, or ${plural(rest, 'other')}`;
};

const withoutCause = (report: Report): string => {
  const trouble = troubleWords(requests(report));
  switch (report.verdict) {
    case 'healthy':
      return healthyWords(report);
    case 'degraded':
      return `It works, but ${trouble}.`;
    case 'failing':
      return `${trouble}.`;
    case 'still-failing':
      return 'Nothing new; still failing as before.';
    case 'inconclusive':
      return 'Too little was observed for a verdict.';
  }
};

const healthyWords = (report: Report): string => {
  const all = requests(report);
  const known = knownIds(all).length;
  const { registration } = report;
  const targets = all.filter(({ kind }) => kind === 'target');
  const what = [
    ...(targets.length > 0 ? [plural(withStatus(targets, 'pass').length, 'check')] : []),
    ...(registration === null || registration.status === 'skipped' ? [] : ['the registration flow']),
  ].join(' and ');
  const lead = missingVersionTitle(report) === null ? 'All is well' : 'All else is well';
  return `${lead}: ${what} passed${known > 0 ? `, and ${known} ${known === 1 ? 'fails as it' : 'fail as they'} did in the baseline` : ''}.`;
};
