import type { Report } from '../model/report.ts';
import { baselineSentence } from './baseline.ts';
import { slownessSentence } from './slowness.ts';

/** What to know before the verdict, a sentence each. */
export const noticesOf = ({
  baselineDoubt,
  diagnosis,
}: Pick<Report, 'baselineDoubt' | 'diagnosis'>): readonly string[] => [
  ...(baselineDoubt === undefined || baselineDoubt === null ? [] : [baselineSentence(baselineDoubt)]),
  ...(diagnosis.slowness === undefined ? [] : [slownessSentence(diagnosis.slowness)]),
];
