import { isBroken, isStillFailing } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import { missingVersionSentence } from './awaited.ts';
import { baselineSentence } from './baseline.ts';
import { isSecurityIncident, securitySentence } from './security.ts';
import { slownessSentence } from './slowness.ts';

/** What to know before the verdict: a sentence, and the command with which it ends. */
export interface Notice {
  readonly words: string;
  /** To be copied, so it is never wrapped; empty: none. */
  readonly command: string;
}

/** The same, a sentence each. */
export const noticesOf = (report: Noticed): readonly string[] =>
  noticePartsOf(report).map(({ words, command }) => [words, command].filter((part) => part !== '').join(' '));

type Noticed = Pick<Report, 'awaited' | 'baselineDoubt' | 'diagnosis' | 'outcomes' | 'registration'>;

export const noticePartsOf = ({ awaited, baselineDoubt, diagnosis, ...results }: Noticed): readonly Notice[] => [
  ...plain(awaited === undefined ? null : missingVersionSentence({ awaited })),
  ...(isSecurityIncident(requests(results).filter((one) => isBroken(one) || isStillFailing(one)))
    ? [{ words: securitySentence, command: '' }]
    : []),
  ...(baselineDoubt === undefined || baselineDoubt === null
    ? []
    : [{ words: baselineSentence(baselineDoubt), command: baselineDoubt.renew }]),
  ...plain(diagnosis.slowness === undefined ? null : slownessSentence(diagnosis.slowness)),
];

const plain = (words: string | null): readonly Notice[] => (words === null ? [] : [{ words, command: '' }]);
