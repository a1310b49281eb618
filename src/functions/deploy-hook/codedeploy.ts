import {
  CodeDeployClient,
  type CodeDeployClientConfig,
  GetDeploymentCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { within } from '../../model/within.ts';
import type { HookStatus } from './conclusion.ts';
import type { CodeDeployHook } from './event.ts';

const failing = 'CodeDeploy did not answer';

export interface CodeDeploy {
  /** When the deployment was created: Unix time, ms. @throws when CodeDeploy does not say so in time */
  readonly createdAt: (deployment: string, limitMs: number) => Promise<number>;
  /** @throws when CodeDeploy does not accept it: it then waits for an hour and fails the deployment. */
  readonly tell: (hook: CodeDeployHook, status: HookStatus, limitMs: number) => Promise<void>;
}

/** CodeDeploy no longer waits for this hook. Another check would not change that. */
const finalErrors: readonly string[] = ['LifecycleEventAlreadyCompletedException', 'DeploymentDoesNotExistException'];

export const isFinal = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && finalErrors.includes(thrown.name);

export const createCodeDeploy = (config: CodeDeployClientConfig): CodeDeploy => {
  const client = new CodeDeployClient(config);
  return {
    createdAt: async (deploymentId, ms) => {
      const { deploymentInfo } = await within({ failing, ms }, (abortSignal) =>
        client.send(new GetDeploymentCommand({ deploymentId }), { abortSignal }),
      );
      const at = deploymentInfo?.createTime?.getTime();
      if (at === undefined || Number.isNaN(at)) throw new Error('CodeDeploy reports no creation time');
      return at;
    },
    tell: async ({ deployment: deploymentId, execution: lifecycleEventHookExecutionId }, status, ms) => {
      const input = { deploymentId, lifecycleEventHookExecutionId, status };
      await within({ failing, ms }, (abortSignal) =>
        client.send(new PutLifecycleEventHookExecutionStatusCommand(input), { abortSignal }),
      );
    },
  };
};
