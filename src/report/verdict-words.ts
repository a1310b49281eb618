import { knownIds, withStatus } from '../model/predicates.ts';
import { leftBehindIn, type Request, requests } from '../model/requests.ts';
import type { Blindness, Report, Status } from '../platform/report.ts';
import type { Cause, ExplainedFault, Explanation } from './explanation.ts';
import { percent, plural } from './plain-text.ts';

/** What every request meets, by the phase that none gets past. */
const blindWords: Readonly<Record<Blindness['phase'], string>> = {
  resolve: 'no name server answers it',
  connect: 'no connection is answered',
  tls: 'no TLS connection can be trusted',
  processing: 'something on the way answers every request alike',
};

export const blindSentence = (blind: Blindness | null): string => {
  if (blind === null) return 'The prober reaches nothing: the fault is here.';
  const seen = `The prober reaches nothing: ${blindWords[blind.phase]}`;
  return blind.control === null
    ? `${seen}. The fault is on the way out from here, or the whole platform is down: the target external.control tells which.`
    : `${seen}, and the control outside the platform fails alike. The fault is here.`;
};

export const noMatchSentence = 'None of the known causes explains it.';

/** Members of a tie that a sentence can hold. */
const shownCauses = 3;

/** The result in one sentence, with how sure it is. */
export const verdictSentence = (report: Report, { status, faults, defect }: Explanation): string => {
  switch (status) {
    case 'monitor-blind':
      return blindSentence(report.blind);
    case 'no-match':
      return `${troubleWords(report)}, and none of the known causes explains it.`;
    case 'match':
    case 'ambiguous':
      return faults.length === 1
        ? `${faults.map((fault) => faultWords(fault, shownCauses)).join('')}.`
        : `${faults.length} independent faults: ${faults.map((fault) => faultWords(fault, 1)).join('; and: ')}.`;
    case 'healthy':
    case 'inconclusive':
      return [withoutCause(report), ...(defect === null ? [] : [`${defect}.`])].join(' ');
  }
};

const faultWords = ({ causes }: ExplainedFault, most: number): string => {
  const shown = causes.slice(0, most).map(causeWords).join(', or: ');
  const rest = causes.length - most;
  if (rest <= 0) return shown;
  return `${shown}, or ${rest === 1 ? 'another' : `${rest} others`}`;
};

const causeWords = ({ title, probability }: Cause): string =>
  `${title.replace(/\.$/, '')}${probability === null ? '' : ` (${percent(probability)})`}`;

const withoutCause = (report: Report): string => {
  switch (report.verdict) {
    case 'healthy':
      return healthyWords(report);
    case 'degraded':
      return `It works, but not as it should: ${troubleWords(report)}.`;
    case 'failing':
      return `${troubleWords(report)}.`;
    case 'inconclusive':
      return 'Not enough was seen to tell.';
  }
};

/** All that was asked, steps of the flow and its clean-up included. */
const asked = (report: Report): readonly Request[] => requests(report).filter(({ status }) => status !== 'skipped');

const healthyWords = (report: Report): string => {
  const all = requests(report);
  const known = knownIds(all).length;
  const { registration } = report;
  const targets = all.filter(({ kind }) => kind === 'target');
  const what = [
    ...(targets.length > 0 ? [plural(withStatus(targets, 'pass').length, 'check')] : []),
    ...(registration === null || registration.status === 'skipped' ? [] : ['the registration flow']),
  ].join(' and ');
  return `All is well: ${what} passed${known > 0 ? `, and ${known} ${known === 1 ? 'fails as it' : 'fail as they'} did in the baseline` : ''}.`;
};

const troubleWords = (report: Report): string => {
  const all = asked(report);
  const count = (status: Status): number => withStatus(all, status).length;
  const [failing, degraded] = [count('fail'), count('degraded')];
  const left = leftBehindIn(all).length;
  const [first = '', ...more] = [
    ...(failing > 0 ? [`${failing} of ${plural(all.length, 'request')} ${failing === 1 ? 'fails' : 'fail'}`] : []),
    ...(degraded > 0
      ? [`${degraded} of ${plural(all.length, 'request')} ${degraded === 1 ? 'is' : 'are'} degraded`]
      : []),
    ...(left > 0 ? [`the flow left ${plural(left, 'thing')} behind`] : []),
  ];
  return [first, ...more].join(', ');
};
