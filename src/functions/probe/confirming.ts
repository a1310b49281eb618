import { lambdaAwsConfig } from '../../aws/lambda-config.ts';
import { type Environment, variable } from '../../aws/variable.ts';
import { createRedactor } from '../../config/redact.ts';
import type { Settings } from '../../config/settings.ts';
import type { AwsConfirmation } from '../../model/aws-confirmation.ts';
import type { Report } from '../../model/report.ts';
import type { Monitoring } from '../../monitor/monitor.ts';
import { createKeep } from '../../raw/keep.ts';
import { lambdaLimits } from './limits.ts';

/** Set by the template's parameter Confirm. */
export const confirms = (env: Environment): boolean => variable(env, 'SYNTHETICS_CONFIRM') === 'on';

interface Answered {
  /** The diagnosis that AWS was asked about. */
  readonly about: string;
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly confirmation: AwsConfirmation;
}

let last: Answered | null = null;

/**
 * Asks AWS about a cycle's diagnosis. Answers that decide are kept while the diagnosis stays the same, for some minutes. Whatever goes wrong
 * here, the cycle goes on with what was seen from outside.
 */
export const confirming =
  (
    { settings, apiKey }: { readonly settings: Settings; readonly apiKey: string | null },
    limitMs: () => number,
    onTrouble: (error: unknown) => void,
  ): NonNullable<Monitoring['confirm']> =>
  async (report) => {
    const ms = limitMs();
    if (ms <= 0) return report;
    try {
      const { confirmReport, isWorthAsking, weighed } = await import('../../confirm/confirm.ts');
      if (!isWorthAsking(report)) return report;
      const about = aboutOf(report);
      if (last?.about === about && Date.now() - last.at < lambdaLimits.confirmedMs)
        return weighed(report, settings, last.confirmation);
      const asked = await confirmReport(report, {
        settings,
        access: { endpoint: variable(process.env, 'AWS_ENDPOINT_URL'), credentials: lambdaAwsConfig.credentials },
        keep: createKeep(createRedactor(apiKey === null ? [] : [apiKey])),
        now: Date.now,
        limitMs: ms,
      });
      const { confirmation } = asked;
      // What is not decided yet may be in the next cycle: states lag, and throttling passes.
      if (confirmation?.findings.some(({ verdict }) => verdict !== 'unknown') === true)
        last = { about, at: Date.now(), confirmation };
      return asked;
    } catch (error) {
      onTrouble(error);
      return report;
    }
  };

/** What the answers depend on: another diagnosis, or the same one about other requests, is asked about again. */
const aboutOf = ({ diagnosis: { faults, hypotheses } }: Report): string =>
  JSON.stringify([faults, hypotheses.map(({ id, fault, hosts, explains }) => [id, fault, hosts, explains])]);
