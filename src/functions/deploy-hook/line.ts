import { isFailure, knownIds } from '../../model/predicates.ts';
import { requests } from '../../model/requests.ts';
import { explain } from '../../report/explanation.ts';
import type { LogLine } from '../probe/log-line.ts';
import { type Conclusion, idsWith, type Seen } from './conclusion.ts';
import type { Hook } from './event.ts';
import { listedRequests } from './limits.ts';

/** The log line with the result and its reason. */
export const conclusionLine = (
  { deployment }: Pick<Hook, 'deployment'>,
  { status, reason, seen }: Conclusion,
): LogLine => ({
  message: `Deployment ${deployment} ${status === 'Succeeded' ? 'passes' : 'fails'}: ${reason}`,
  data: { deployment, status, reason, ...(seen === null ? {} : evidence(seen)) },
});

const evidence = ({ report, platform, cycles, openBefore }: Seen): LogLine['data'] => {
  const { steps, faults } = explain(report, platform);
  const all = requests(report);
  const failing = all.filter((request) => isFailure(request));
  return {
    runId: report.runId,
    verdict: report.verdict,
    cycles,
    failing: failing
      .slice(0, listedRequests)
      .map(({ id, failureMode, hop, evidence: { summary } }) => ({ id, failureMode, hop, summary })),
    failingCount: failing.length,
    inconclusive: idsWith(report, 'inconclusive'),
    degraded: idsWith(report, 'degraded'),
    known: knownIds(all),
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
