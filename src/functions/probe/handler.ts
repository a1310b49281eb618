import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { alwaysVerifyTls } from '../../aws/verified-tls.ts';
import type { Acknowledged, InvocationSummary } from './invocation.ts';
import { lambdaLimits } from './limits.ts';

alwaysVerifyTls(process.env);

const logger = new Logger({ serviceName: 'hokusai-synthetics' });

/** The current step. An environment runs one invocation at a time. */
let underWay = 'loading';

const run = async (event: unknown, context: Context): Promise<InvocationSummary | Acknowledged> => {
  underWay = 'loading';
  // Loaded by the first invocation, so that the INIT of a cold start imports only this file.
  const { runInvocation } = await import('./invocation.ts');
  return runInvocation({
    event,
    remainingMs: () => context.getRemainingTimeInMillis(),
    logger,
    onStep: (step) => {
      underWay = step;
    },
  });
};

/** The scheduled cycle. The event is not ours, so it is never logged, whatever POWERTOOLS_LOGGER_LOG_EVENT says. */
export const handler = middy(run, {
  timeoutEarlyInMillis: lambdaLimits.lastWordMs,
  timeoutEarlyResponse: () => {
    throw new Error(`The function’s time ran out during its step “${underWay}”: see the earlier lines of the log`);
  },
}).use(injectLambdaContext(logger, { logEvent: false }));
