const service = 'my-cluster/my-service';
const green = `arn:aws:ecs:us-west-2:123456789012:service-revision/${service}/9313423515462893900`;
const blue = `arn:aws:ecs:us-west-2:123456789012:service-revision/${service}/1920498462936580504`;

/**
 * An event of an ECS lifecycle hook, as AWS documents it ("Lifecycle payloads",
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html).
 */
export const ecsEvent = (changed: object = {}) => ({
  executionId: '5f40ed04-7e54-437d-b95d-98bc872fec49',
  lifecycleStage: 'POST_PRODUCTION_TRAFFIC_SHIFT',
  resourceArn: `arn:aws:ecs:us-west-2:123456789012:service-deployment/${service}/EZe5RNVLH6PPzHXINuP28`,
  executionDetails: {
    serviceArn: `arn:aws:ecs:us-west-2:123456789012:service/${service}`,
    targetServiceRevisionArn: green,
    testTrafficWeights: {},
    productionTrafficWeights: {},
  },
  ...changed,
});

/** The same while traffic is shifted; the new revision gets this many percent. */
export const shiftingEvent = (lifecycleStage: string, percent: number) => {
  const { executionDetails } = ecsEvent();
  const weights = { [green]: percent, [blue]: 100 - percent };
  const name = lifecycleStage.startsWith('TEST') ? 'testTrafficWeights' : 'productionTrafficWeights';
  return ecsEvent({ lifecycleStage, executionDetails: { ...executionDetails, [name]: weights } });
};
