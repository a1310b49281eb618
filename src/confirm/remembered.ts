import type { AwsConfirmation } from '../model/aws-confirmation.ts';
import type { Report } from '../model/report.ts';
import { type Confirming, confirmReport, isWorthAsking, weighed } from './confirm.ts';
import { confirmLimits } from './limits.ts';

interface Answered {
  /** The diagnosis that AWS was asked about. */
  readonly about: string;
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly confirmation: AwsConfirmation;
}

/** What AWS said last. An entrance that runs many cycles keeps one. */
export interface Answers {
  last: Answered | null;
}

/** Like `confirmReport`, but answers that decide hold for some minutes while the diagnosis stays the same. */
export const confirmRemembered = async (report: Report, options: Confirming, answers: Answers): Promise<Report> => {
  if (!isWorthAsking(report)) return report;
  const { settings, now } = options;
  const about = aboutOf(report);
  const { last } = answers;
  if (last?.about === about && now() - last.at < confirmLimits.holdMs)
    return weighed(report, settings, last.confirmation);
  const asked = await confirmReport(report, options);
  const { confirmation } = asked;
  // What is not decided yet may be in the next cycle: states lag, and throttling passes.
  if (confirmation?.findings.some(({ verdict }) => verdict !== 'unknown') === true)
    answers.last = { about, at: now(), confirmation };
  return asked;
};

/** What the answers depend on: another diagnosis, or the same one about other requests, is asked about again. */
const aboutOf = ({ diagnosis: { faults, hypotheses } }: Report): string =>
  JSON.stringify([faults, hypotheses.map(({ id, fault, hosts, explains }) => [id, fault, hosts, explains])]);
