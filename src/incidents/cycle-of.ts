import { platformVersion } from '../diagnose/platform-version.ts';
import { stepTarget } from '../platform/registration.ts';
import type { Report } from '../platform/report.ts';
import type { Target } from '../platform/target.ts';
import type { Cycle } from './cycle.ts';
import type { SeverityRules } from './severity.ts';
import { sightingsOf } from './sightings.ts';

/** A report as the incidents take it. */
export const cycleOf = (report: Report, targets: readonly Target[], rules: SeverityRules): Cycle => {
  const startedAtMs = Date.parse(report.startedAt);
  const judged = [
    ...report.outcomes.map(({ target, status, known }) => ({ id: target, status, known })),
    ...(report.registration?.steps ?? []).map(({ id, status, known }) => ({ id: stepTarget(id), status, known })),
    // Skipped where nothing was made: what an earlier flow left is not seen then.
    ...(report.registration === null
      ? []
      : [{ id: 'registration.clean-up', status: report.registration.cleanup.status, known: false }]),
  ];
  return {
    runId: report.runId,
    environment: report.environment,
    startedAtMs,
    endedAtMs: startedAtMs + report.durationMs,
    kind: kindOf(report),
    sightings: sightingsOf(report, targets, rules),
    passed: new Set(judged.filter(({ status, known }) => status === 'pass' || known).map(({ id }) => id)),
    probed: new Set(judged.map(({ id }) => id)),
    flow: report.registration !== null && report.registration.status !== 'inconclusive',
    version: platformVersion(report.outcomes, targets),
  };
};

const kindOf = ({ verdict, diagnosis }: Report): Cycle['kind'] => {
  if (diagnosis.status === 'monitor-blind') return 'blind';
  return verdict === 'inconclusive' ? 'unknown' : 'seen';
};
