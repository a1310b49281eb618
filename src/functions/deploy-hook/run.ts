import type { Logger } from '@aws-lambda-powertools/logger';
import { lambdaAwsConfig } from '../../aws/lambda-config.ts';
import { createSecretStores } from '../../aws/secrets.ts';
import { createConfiguration } from '../probe/configuration.ts';
import { type CheckInput, checkDeployment } from './check.ts';
import { createCodeDeploy, isFinal } from './codedeploy.ts';
import { type Conclusion, type HookStatus, unmade } from './conclusion.ts';
import { answerOf, type EcsAnswer, laterAnswer, mayComeLater, sinceIn, stageWarning } from './ecs.ts';
import { type CodeDeployHook, type EcsHook, type Hook, hookIn } from './event.ts';
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

/** Decides a lifecycle hook of CodeDeploy or ECS. Throws when CodeDeploy cannot be told, whatever the result. */
export const runHook = async (invocation: HookInvocation): Promise<Told | EcsAnswer> => {
  const hook = hookIn(invocation.event);
  return hook.service === 'ecs' ? answerEcs(hook, invocation) : tellCodeDeploy(hook, invocation);
};

const tellCodeDeploy = async (hook: CodeDeployHook, invocation: HookInvocation): Promise<Told> => {
  const deployedAt = (limitMs: number): Promise<number> => codeDeploy.createdAt(hook.deployment, limitMs);
  const conclusion = await concluded(hook, invocation, { deployedAt, waiting: 'here' });
  const { status, reason } = conclusion ?? unmade('the version is awaited');
  const told = { deployment: hook.deployment, status, reason };
  try {
    await codeDeploy.tell(hook, status, invocation.remainingMs() - hookLimits.answerMs);
  } catch (thrown) {
    const sentence = `CodeDeploy did not receive the result of ${hook.deployment} (${status}): ${wordsOf(thrown)}`;
    if (!isFinal(thrown)) throw new Error(sentence, { cause: thrown });
    invocation.logger.error(sentence);
  }
  return told;
};

const answerEcs = async (hook: EcsHook, invocation: HookInvocation): Promise<EcsAnswer> => {
  const { logger } = invocation;
  if (hook.rollsBack) {
    logger.info(`Deployment ${hook.deployment} is being rolled back: nothing was checked`);
    return answerOf('Succeeded');
  }
  const warning = stageWarning(hook);
  if (warning !== null) logger.warn(warning);
  const since = sinceIn(hook, Date.now());
  const conclusion = await concluded(hook, invocation, {
    deployedAt: async () => since - hookLimits.ecsCreatedMs,
    waiting: mayComeLater(since, Date.now()) ? 'one-look' : 'last-look',
  });
  return conclusion === null ? laterAnswer(hook, since) : answerOf(conclusion.status);
};

/** The conclusion, in the log too; null: a later invocation decides. */
const concluded = async (
  hook: Hook,
  { remainingMs, logger }: HookInvocation,
  how: Pick<CheckInput, 'deployedAt' | 'waiting'>,
): Promise<Conclusion | null> => {
  const leftMs = (): number => remainingMs() - hookLimits.reportReserveMs;
  const check = checkDeployment({ env: process.env, configuration, secrets, leftMs, logger, ...how });
  const conclusion = await inTime(check, leftMs());
  for (const sentence of notices.splice(0)) logger.warn(sentence);
  if (conclusion === null) return null;
  const { message, data } = conclusionLine(hook, conclusion);
  logger[levelOf(conclusion)](message, data);
  return conclusion;
};

/** The check's conclusion. A check that fails or takes too long also gets one. */
const inTime = async (check: Promise<Conclusion | null>, limitMs: number): Promise<Conclusion | null> => {
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
