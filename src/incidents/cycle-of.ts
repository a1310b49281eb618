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
    ...cleanUpOf(report),
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
    version: platformVersion(report, targets),
  };
};

const kindOf = ({ verdict, diagnosis }: Report): Cycle['kind'] => {
  if (diagnosis.status === 'monitor-blind') return 'blind';
  return verdict === 'inconclusive' ? 'unknown' : 'seen';
};

/** Where nothing was made, there was nothing to leave behind. */
const cleanUpOf = ({ registration }: Report) =>
  registration === null || registration.cleanup.status === 'skipped'
    ? []
    : [{ id: 'registration.clean-up', status: registration.cleanup.status, known: false }];

/** What most of the API's own health routes name. */
const platformVersion = ({ outcomes }: Report, targets: readonly Target[]): string | null => {
  const naming = new Set(
    targets
      .filter((target) => target.kind === 'http' && target.expect.body.kind === 'health' && target.hops.includes('api'))
      .map(({ id }) => id),
  );
  const named = outcomes.flatMap(({ target, evidence }) => (naming.has(target) ? (evidence.version ?? []) : []));
  const [most] = [...Map.groupBy(named, (version) => version)].toSorted(([, a], [, b]) => b.length - a.length);
  return most?.[0] ?? null;
};
