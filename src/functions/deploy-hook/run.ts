import type { Logger } from '@aws-lambda-powertools/logger';
import { lambdaAwsConfig } from '../../aws/lambda-config.ts';
import { createSecretStores } from '../../aws/secrets.ts';
import { createConfiguration } from '../probe/configuration.ts';
import { checkDeployment } from './check.ts';
import { createCodeDeploy } from './codedeploy.ts';
import { type Conclusion, type HookStatus, unmade } from './conclusion.ts';
import { hookIn } from './event.ts';
import { hookLimits } from './limits.ts';
import { conclusionLine } from './line.ts';

/** Lambda's result, after CodeDeploy has its own. */
export interface Told {
  readonly deployment: string;
  readonly status: HookStatus;
  readonly reason: string;
}

export interface HookInvocation {
  readonly event: unknown;
  /** Milliseconds until Lambda ends the function. */
  readonly remainingMs: () => number;
  readonly logger: Logger;
}

// Created once for all invocations of this environment.
const notices: string[] = [];
const secrets = createSecretStores(lambdaAwsConfig, { onStale: (sentence) => notices.push(sentence) });
const configuration = createConfiguration(process.env, secrets.fetchParameter);
const codeDeploy = createCodeDeploy({ ...lambdaAwsConfig, maxAttempts: hookLimits.reportAttempts });

/** Decides a lifecycle hook and reports to CodeDeploy. Throws when the report fails, whatever the result. */
export const runHook = async ({ event, remainingMs, logger }: HookInvocation): Promise<Told> => {
  const hook = hookIn(event);
  const leftMs = (): number => remainingMs() - hookLimits.reportReserveMs;
  const deployedAt = (limitMs: number): Promise<number> => codeDeploy.createdAt(hook.deployment, limitMs);
  const conclusion = await inTime(
    checkDeployment({ env: process.env, configuration, secrets, deployedAt, leftMs, logger }),
    leftMs(),
  );
  for (const sentence of notices.splice(0)) logger.warn(sentence);
  const { message, data } = conclusionLine(hook, conclusion);
  logger[levelOf(conclusion)](message, data);
  const { status, reason } = conclusion;
  try {
    await codeDeploy.tell(hook, status, remainingMs() - hookLimits.answerMs);
  } catch (thrown) {
    throw new Error(`CodeDeploy did not receive the result of ${hook.deployment} (${status}): ${wordsOf(thrown)}`, {
      cause: thrown,
    });
  }
  return { deployment: hook.deployment, status, reason };
};

/** The check's conclusion. A check that fails or takes too long also gets one. */
const inTime = async (check: Promise<Conclusion>, limitMs: number): Promise<Conclusion> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Conclusion>((resolve) => {
    timer = setTimeout(() => resolve(unmade('the function’s time ran out')), Math.max(0, limitMs));
  });
  try {
    return await Promise.race([check.catch((thrown: unknown) => unmade(reasonOf(thrown))), late]);
  } finally {
    clearTimeout(timer);
  }
};

const levelOf = ({ status, seen }: Conclusion): 'info' | 'warn' | 'error' => {
  if (seen === null) return 'error';
  return status === 'Succeeded' ? 'info' : 'warn';
};

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** SDK errors carry the reason in their name. */
const wordsOf = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
