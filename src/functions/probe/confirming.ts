import { lambdaAwsConfig } from '../../aws/lambda-config.ts';
import { type Environment, variable } from '../../aws/variable.ts';
import { createRedactor } from '../../config/redact.ts';
import type { Settings } from '../../config/settings.ts';
import type { Answers } from '../../confirm/remembered.ts';
import type { Monitoring } from '../../monitor/monitor.ts';
import { createKeep } from '../../raw/keep.ts';

/** Set by the template's parameter Confirm. */
export const confirms = (env: Environment): boolean => variable(env, 'SYNTHETICS_CONFIRM') === 'on';

const answers: Answers = { last: null };

/** Asks AWS about a cycle's diagnosis. Whatever goes wrong here, the cycle goes on with what was seen from outside. */
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
      const { confirmRemembered } = await import('../../confirm/remembered.ts');
      const options = {
        settings,
        access: { endpoint: variable(process.env, 'AWS_ENDPOINT_URL'), credentials: lambdaAwsConfig.credentials },
        keep: createKeep(createRedactor(apiKey === null ? [] : [apiKey])),
        now: Date.now,
        limitMs: ms,
      };
      return await confirmRemembered(report, options, answers);
    } catch (error) {
      onTrouble(error);
      return report;
    }
  };
