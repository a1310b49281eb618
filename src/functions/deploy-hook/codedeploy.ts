import {
  CodeDeployClient,
  type CodeDeployClientConfig,
  GetDeploymentCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { within } from '../../model/within.ts';
import type { HookStatus } from './conclusion.ts';
import type { Hook } from './event.ts';

const failing = 'CodeDeploy did not answer';

export interface CodeDeploy {
  /** When the deployment was created: Unix time, ms. @throws when CodeDeploy does not say so in time */
  readonly createdAt: (deployment: string, limitMs: number) => Promise<number>;
  /** @throws when CodeDeploy does not accept it: it then waits for an hour and fails the deployment. */
  readonly tell: (hook: Hook, status: HookStatus, limitMs: number) => Promise<void>;
}

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
