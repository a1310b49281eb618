import {
  CodeDeployClient,
  type CodeDeployClientConfig,
  GetDeploymentCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import type { HookStatus } from './conclusion.ts';
import type { Hook } from './event.ts';

export interface CodeDeploy {
  /** When the deployment was made: Unix time, ms. @throws when CodeDeploy does not say */
  readonly createdAt: (deployment: string) => Promise<number>;
  /** @throws when CodeDeploy does not take it: it will wait for an hour then, and fail the deployment. */
  readonly tell: (hook: Hook, status: HookStatus) => Promise<void>;
}

export const createCodeDeploy = (config: CodeDeployClientConfig): CodeDeploy => {
  const client = new CodeDeployClient(config);
  return {
    createdAt: async (deploymentId) => {
      const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }));
      const at = deploymentInfo?.createTime?.getTime();
      if (at === undefined || Number.isNaN(at)) throw new Error('CodeDeploy does not say when it was made');
      return at;
    },
    tell: async ({ deployment: deploymentId, execution: lifecycleEventHookExecutionId }, status) => {
      await client.send(
        new PutLifecycleEventHookExecutionStatusCommand({ deploymentId, lifecycleEventHookExecutionId, status }),
      );
    },
  };
};
