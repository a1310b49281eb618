import { isBroken, isStillFailing } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import { baselineSentence } from './baseline.ts';
import { isSecurityIncident, securitySentence } from './security.ts';
import { slownessSentence } from './slowness.ts';

/** What to know before the verdict, a sentence each. */
export const noticesOf = ({
  baselineDoubt,
  diagnosis,
  ...results
}: Pick<Report, 'baselineDoubt' | 'diagnosis' | 'outcomes' | 'registration'>): readonly string[] => [
  ...(isSecurityIncident(requests(results).filter((one) => isBroken(one) || isStillFailing(one)))
    ? [securitySentence]
    : []),
  ...(baselineDoubt === undefined || baselineDoubt === null ? [] : [baselineSentence(baselineDoubt)]),
  ...(diagnosis.slowness === undefined ? [] : [slownessSentence(diagnosis.slowness)]),
];
