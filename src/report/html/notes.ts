import type { Report } from '../../model/report.ts';
import { type Request, requests } from '../../model/requests.ts';
import { followUpWords } from '../../wording/follow-up.ts';
import { hostNameOf } from '../../wording/host-name.ts';
import { plainText } from '../../wording/plain-text.ts';
import { recoveredWords } from '../../wording/status.ts';
import { type Markup, markup } from '../markup.ts';
import { knownByWords } from '../summary.ts';
import type { View } from '../view.ts';

/** Known deviations, recoveries, and the days until certificates expire. */
export const notesSection = (report: Report, { hosts }: View): Markup | null => {
  const all = requests(report);
  const recovered = report.recovered.map(plainText);
  const certificates = certificateDays(all, hosts);
  const asked = followUpWords(report);
  const lines = [
    ...(asked === null ? [] : [markup`<dt>follow-up</dt><dd>${asked}</dd>`]),
    ...knownByWords(report).map(([words, ids]) => markup`<dt>${words}</dt><dd>${ids.join(', ')}</dd>`),
    ...(recovered.length === 0 ? [] : [markup`<dt>${recoveredWords}</dt><dd>${recovered.join(', ')}</dd>`]),
    ...(certificates === '' ? [] : [markup`<dt>certificates, days left</dt><dd>${certificates}</dd>`]),
  ];
  return lines.length === 0 ? null : markup`<section><h2>Also</h2><dl>${lines}</dl></section>`;
};

/** The first certificate to expire on each host, most urgent host first. */
const certificateDays = (all: readonly Request[], hosts: View['hosts']): string => {
  const days = new Map<string, number>();
  for (const { host, evidence } of all.filter(({ kind }) => kind === 'target')) {
    const left = evidence.certificate?.daysLeft;
    if (left !== undefined) days.set(host, Math.min(left, days.get(host) ?? left));
  }
  return [...days]
    .toSorted(([, a], [, b]) => a - b)
    .map(([host, left]) => `${hostNameOf(hosts, host)} ${Math.floor(left)}`)
    .join(', ');
};
