import type { Logger } from '@aws-lambda-powertools/logger';
import { type Environment, variable } from '../../aws/variable.ts';
import type { LookBudget } from '../../incidents/look-budget.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import { isBroken, isOfCycle } from '../../model/predicates.ts';
import type { Report } from '../../model/report.ts';
import { requests } from '../../model/requests.ts';
import type { Tracking } from '../../model/tracking.ts';
import { within } from '../../model/within.ts';
import type { RenewKey } from '../../monitor/cycle-with-key.ts';
import { lookUntilNext } from '../../monitor/looks.ts';
import type { Prepared } from '../../monitor/prepare.ts';
import { lambdaLimits } from './limits.ts';

/** Set by the template's parameter RecheckHours. */
const hoursVariable = 'SYNTHETICS_RECHECK_HOURS';

/** Looks fill the minute after a cycle. */
const cyclesPerHour = 60;

/** Null: the function does not look again. `onTrouble` takes a sentence if the variable is no number of hours. */
export const lookBudget = (env: Environment, onTrouble: (sentence: string) => void): LookBudget | null => {
  const said = variable(env, hoursVariable);
  if (said === null) return null;
  const hours = /^\d{1,3}$/.test(said) ? Number(said) : 0;
  if (hours === 0 && said !== '0')
    onTrouble(`${hoursVariable} is not a whole number of hours, so nothing is looked at again`);
  return hours === 0 ? null : { cyclesPerMonth: hours * cyclesPerHour, youngMs: lambdaLimits.youngMs };
};

/** Whether looks may show something: something fails or an incident is open, and both could be seen and stored. */
export const isWorthLooks = (report: Report, tracking: Tracking | null): boolean => {
  if (tracking === null || tracking.troubles.length > 0 || report.blind !== null) return false;
  return (tracking.open ?? []).length > 0 || requests(report).some((one) => isOfCycle(one) && isBroken(one));
};

export interface Looking {
  readonly store: IncidentStore;
  readonly budget: LookBudget;
  readonly renewKey: RenewKey;
  /** When the invocation began, on the monotonic clock. */
  readonly beganAt: number;
  /** Milliseconds left for looks. */
  readonly limitMs: number;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Looks at what fails until the next cycle is near. A look that fails costs nothing: the next cycle reports the reason. */
export const lookAgain = async (inputs: Prepared, { logger, limitMs, beganAt, ...looking }: Looking): Promise<void> => {
  try {
    const { looks, isUsedUp } = await within({ failing: 'The looks did not end', ms: limitMs }, async (signal) => {
      const nextAt = Math.min(beganAt + lambdaLimits.looksEndMs, performance.now() + limitMs);
      const onChange = async (sentence: string): Promise<void> => logger.info(sentence);
      return lookUntilNext({ ...looking, inputs, beganAt, nextAt, signal, stop: signal, onChange });
    });
    if (isUsedUp) logger.info(`No look at what fails: the ${hoursVariable} of this month are used up`);
    else if (looks > 0) logger.info(`Looked again at what fails, ${looks} times`, { looks });
  } catch (error) {
    logger.warn('Looking again at what fails', error as Error);
  }
};
