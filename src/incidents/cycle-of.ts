import { platformVersion } from '../diagnose/platform-version.ts';
import { idsOf, isOfCycle } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import type { Cycle } from './cycle.ts';
import type { SeverityRules } from './severity.ts';
import { sightingsOf } from './sightings.ts';

/**
 * Converts a report to what incident tracking needs.
 * @param leftOut ids that a cycle of selected targets left out: not seen, so their incidents neither continue nor end
 */
export const cycleOf = (
  report: Report,
  targets: readonly Target[],
  rules: SeverityRules,
  leftOut: readonly string[] = [],
): Cycle => {
  const startedAtMs = Date.parse(report.startedAt);
  const all = requests(report).filter(isOfCycle);
  return {
    runId: report.runId,
    environment: report.environment,
    startedAtMs,
    endedAtMs: startedAtMs + report.durationMs,
    kind: kindOf(report),
    sightings: sightingsOf(report, targets, rules),
    passed: new Set(idsOf(all.filter(({ status, known }) => status === 'pass' || known))),
    probed: new Set([...idsOf(all), ...leftOut]),
    flow: report.registration !== null && report.registration.status !== 'inconclusive',
    version: platformVersion(all, targets),
  };
};

const kindOf = ({ verdict, diagnosis }: Report): Cycle['kind'] => {
  if (diagnosis.status === 'monitor-blind') return 'blind';
  return verdict === 'inconclusive' ? 'unknown' : 'seen';
};
