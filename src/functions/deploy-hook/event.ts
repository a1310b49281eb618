/** What CodeDeploy waits for: the step of a deployment that this invocation decides. */
export interface Hook {
  readonly deployment: string;
  readonly execution: string;
}

/**
 * CodeDeploy's event. @throws for everything else, and for half of one: without both ids nobody can be told what was
 * found. Values are not repeated, for the event is not ours.
 */
export const hookIn = (event: unknown): Hook => {
  const { DeploymentId: deployment, LifecycleEventHookExecutionId: execution } = fieldsOf(event);
  const missing = [
    ...(isId(deployment) ? [] : ['DeploymentId']),
    ...(isId(execution) ? [] : ['LifecycleEventHookExecutionId']),
  ];
  if (!isId(deployment) || !isId(execution))
    throw new Error(
      `The event names no ${missing.join(' and no ')}: this function answers CodeDeploy, as a hook of a deployment; nothing was checked`,
    );
  return { deployment, execution };
};

const isId = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const fieldsOf = (event: unknown): Readonly<Record<string, unknown>> =>
  typeof event === 'object' && event !== null ? (event as Readonly<Record<string, unknown>>) : {};
