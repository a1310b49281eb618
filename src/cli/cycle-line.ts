import type { Report } from '../platform/report.ts';
import type { Colors } from '../report/paint.ts';
import { percent } from '../report/plain-text.ts';
import { summaryLine } from '../report/summary.ts';

/** A cycle of many, in one line: when, how it went, and what explains it. */
export const cycleLine = (report: Report, colors: Colors): string => {
  const { startedAt, diagnosis } = report;
  const causes = diagnosis.faults.map((fault, index) =>
    fault.map((id) => {
      const found = diagnosis.hypotheses.find((one) => one.fault === index && one.id === id);
      return found === undefined ? id : `${id} ${percent(found.probability)}`;
    }),
  );
  return [
    colors.dim(`${startedAt.slice(11, 19)} UTC`),
    [summaryLine(report, colors), ...causes.map((fault) => fault.join(' or '))].join(' · '),
  ].join('  ');
};
