/** CodeDeploy waits until it is told. */
export interface CodeDeployHook {
  readonly service: 'codedeploy';
  readonly deployment: string;
  readonly execution: string;
}

/** Amazon ECS reads the invocation's response. */
export interface EcsHook {
  readonly service: 'ecs';
  /** Id of the service deployment, or of the revision that it deploys. */
  readonly deployment: string;
  readonly stage: string;
  /** Traffic goes back to the earlier revision, so there is nothing to check. */
  readonly rollsBack: boolean;
  /** From the hook's configuration and from our last response. */
  readonly details: Fields;
}

/** The lifecycle hook of a deployment that waits for this invocation's result. */
export type Hook = CodeDeployHook | EcsHook;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the event of a lifecycle hook of CodeDeploy or ECS. @throws for anything else, including an event of CodeDeploy
 * with only one of the two ids, because no result could be reported. The error repeats no values, because the event is
 * not ours.
 */
export const hookIn = (event: unknown): Hook => {
  const fields = fieldsOf(event);
  return ecsHookIn(fields) ?? codeDeployHookIn(fields);
};

const codeDeployHookIn = ({
  DeploymentId: deployment,
  LifecycleEventHookExecutionId: execution,
}: Fields): CodeDeployHook => {
  const missing = [
    ...(isId(deployment) ? [] : ['DeploymentId']),
    ...(isId(execution) ? [] : ['LifecycleEventHookExecutionId']),
  ];
  if (!isId(deployment) || !isId(execution))
    throw new Error(
      `The event has no ${missing.join(' and no ')}: this function expects a lifecycle event from CodeDeploy or Amazon ECS; nothing was checked`,
    );
  return { service: 'codedeploy', deployment, execution };
};

/** ECS invokes hooks of these stages again while it rolls back; there is no stage for that. */
const stagesOfRollback = ['TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT'];

/**
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html. An earlier version of that page has
 * the fields of `executionDetails` at the top.
 */
const ecsHookIn = (event: Fields): EcsHook | null => {
  const details = 'executionDetails' in event ? fieldsOf(event['executionDetails']) : event;
  const { targetServiceRevisionArn: revision } = details;
  const { resourceArn: resource, lifecycleStage } = event;
  if (!isId(revision) || !isId(details['serviceArn'])) return null;
  const stage = isId(lifecycleStage) ? lifecycleStage : 'unknown stage';
  const weights = ['productionTrafficWeights', 'testTrafficWeights'].map((name) => fieldsOf(details[name])[revision]);
  return {
    service: 'ecs',
    deployment: lastPart(isId(resource) ? resource : revision),
    stage,
    rollsBack: stagesOfRollback.includes(stage) && weights.includes(0),
    details: fieldsOf(event['hookDetails']),
  };
};

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const isId = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
