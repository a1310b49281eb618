import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Acknowledged, InvocationSummary } from './invocation.ts';
import { lambdaLimits } from './limits.ts';
import { alwaysVerifyTls } from './verified-tls.ts';

alwaysVerifyTls(process.env);

const logger = new Logger({ serviceName: 'hokusai-synthetics' });

const run = async (event: unknown, context: Context): Promise<InvocationSummary | Acknowledged> => {
  // Loaded by the first invocation: importing this file is all that a cold start's INIT has to do.
  const { runInvocation } = await import('./invocation.ts');
  return runInvocation({ event, remainingMs: () => context.getRemainingTimeInMillis(), logger });
};

/** The scheduled cycle. The event is never logged, whatever POWERTOOLS_LOGGER_LOG_EVENT says: it is not ours. */
export const handler = middy(run, {
  timeoutEarlyInMillis: lambdaLimits.lastWordMs,
  timeoutEarlyResponse: () => {
    throw new Error('The cycle did not end before the function’s time-out: nothing was published');
  },
}).use(injectLambdaContext(logger, { logEvent: false }));
