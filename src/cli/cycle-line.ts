import type { Report } from '../model/report.ts';
import type { Colors } from '../report/paint.ts';
import { summaryLine } from '../report/summary.ts';
import { surenessOf, withSureness } from '../wording/probability.ts';

/** A cycle in one line: time, verdict and causes. */
export const cycleLine = (report: Report, colors: Colors): string => {
  const { startedAt, diagnosis } = report;
  // On one line, the probabilities of several faults would look like one distribution.
  const sure = surenessOf(diagnosis.faults.length > 1 ? [] : diagnosis.hypotheses);
  const causes = diagnosis.faults.map((fault, index) =>
    fault.map((id) => {
      const found = diagnosis.hypotheses.find((one) => one.fault === index && one.id === id);
      return found === undefined ? id : withSureness(id, sure(found));
    }),
  );
  return [
    colors.dim(`${startedAt.slice(11, 19)} UTC`),
    [summaryLine(report, colors), ...causes.map((fault) => fault.join(' or '))].join(' · '),
  ].join('  ');
};
