import type { LogLine } from '../lambda/log-line.ts';
import { registrationHost, stepTarget } from '../platform/registration.ts';
import type { AttemptOutcome, Report } from '../platform/report.ts';
import { explain } from '../report/explanation.ts';
import { type Conclusion, idsWith, knownIds, type Seen } from './conclusion.ts';
import type { Hook } from './event.ts';
import { listedRequests } from './limits.ts';

/** The one line that says what CodeDeploy is told, and why. */
export const conclusionLine = ({ deployment }: Hook, { status, reason, seen }: Conclusion): LogLine => ({
  message: `Deployment ${deployment} ${status === 'Succeeded' ? 'passes' : 'fails'}: ${reason}`,
  data: { deployment, status, reason, ...(seen === null ? {} : evidence(seen)) },
});

const evidence = ({ report, platform, cycles, openBefore }: Seen): LogLine['data'] => {
  const { steps, faults } = explain(report, platform);
  const failing = failingRequests(report);
  return {
    runId: report.runId,
    verdict: report.verdict,
    cycles,
    failing: failing.slice(0, listedRequests),
    failingCount: failing.length,
    inconclusive: idsWith(report, 'inconclusive'),
    degraded: idsWith(report, 'degraded'),
    known: knownIds(report),
    openBefore,
    diagnosis: {
      status: report.diagnosis.status,
      causes: faults.flatMap((fault) =>
        fault.causes.map(({ id, title, probability }) => ({
          id,
          title,
          probability: probability === null ? null : Math.round(probability * 1_000) / 1_000,
        })),
      ),
    },
    command: steps[0]?.command ?? null,
  };
};

const failingRequests = ({ outcomes, registration }: Report) => [
  ...outcomes.filter(counts).map((one) => requestOf(one.target, one)),
  ...(registration?.steps ?? []).filter(counts).map((one) => requestOf(stepTarget(one.id), one)),
  ...(registration?.cleanup.status === 'fail'
    ? [
        {
          id: `${registrationHost}.clean-up`,
          failureMode: registration.cleanup.failureMode,
          hop: null,
          summary: registration.cleanup.evidence?.summary ?? null,
        },
      ]
    : []),
];

const counts = ({ status, known }: { readonly status: string; readonly known: boolean }): boolean =>
  status === 'fail' && !known;

const requestOf = (id: string, { failureMode, hop, evidence: { summary } }: AttemptOutcome) => ({
  id,
  failureMode,
  hop,
  summary,
});
