import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { alwaysVerifyTls } from '../../aws/verified-tls.ts';
import type { EcsAnswer } from './ecs.ts';
import { hookLimits } from './limits.ts';
import type { Told } from './run.ts';

alwaysVerifyTls(process.env);

const logger = new Logger({ serviceName: 'hokusai-synthetics' });

const run = async (event: unknown, context: Context): Promise<Told | EcsAnswer> => {
  const { runHook } = await import('./run.ts');
  return runHook({ event, remainingMs: () => context.getRemainingTimeInMillis(), logger });
};

/** The lifecycle hook of a deployment by CodeDeploy or ECS. The event is not ours, so it is never logged. */
export const handler = middy(run, {
  timeoutEarlyInMillis: hookLimits.lastWordMs,
  timeoutEarlyResponse: () => {
    throw new Error('The function’s time ran out before it reported its result');
  },
}).use(injectLambdaContext(logger, { logEvent: false }));
