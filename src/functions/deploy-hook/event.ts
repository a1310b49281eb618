/** The lifecycle hook of a deployment that waits for this invocation's result. */
export interface Hook {
  readonly deployment: string;
  readonly execution: string;
}

/**
 * Reads CodeDeploy's event. @throws for anything else, including an event with only one of the two ids, because no
 * result could be reported. The error repeats no values, because the event is not ours.
 */
export const hookIn = (event: unknown): Hook => {
  const { DeploymentId: deployment, LifecycleEventHookExecutionId: execution } = fieldsOf(event);
  const missing = [
    ...(isId(deployment) ? [] : ['DeploymentId']),
    ...(isId(execution) ? [] : ['LifecycleEventHookExecutionId']),
  ];
  if (!isId(deployment) || !isId(execution))
    throw new Error(
      `The event has no ${missing.join(' and no ')}: this function expects a lifecycle event from CodeDeploy; nothing was checked`,
    );
  return { deployment, execution };
};

const isId = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const fieldsOf = (event: unknown): Readonly<Record<string, unknown>> =>
  typeof event === 'object' && event !== null ? (event as Readonly<Record<string, unknown>>) : {};
