import { iso, NoSuchResource, type XmlAnswers } from './resources.ts';

/** Answers of CloudFormation. */
export const stackAnswers: XmlAnswers = {
  DescribeStackResources: ({ stack, stackEvents }, _, now) => {
    if (stack === null) throw new NoSuchResource('ValidationError');
    return {
      StackResources: {
        member: [...new Set(stackEvents.map(({ resource }) => resource))].map((resource) => ({
          StackName: stack,
          LogicalResourceId: resource,
          ResourceType: 'AWS::ECS::Service',
          Timestamp: iso(now),
          ResourceStatus: 'UPDATE_COMPLETE',
        })),
      },
    };
  },
  DescribeStackEvents: ({ stack, stackEvents }, { StackName }) => {
    if (stack !== StackName || stack === null) throw new NoSuchResource('ValidationError');
    return {
      StackEvents: {
        member: stackEvents.map(({ at, resource, type, status }, index) => ({
          StackId: stack,
          EventId: String(index),
          StackName: stack,
          LogicalResourceId: resource,
          ResourceType: type,
          Timestamp: iso(at),
          ResourceStatus: status,
        })),
      },
    };
  },
};
