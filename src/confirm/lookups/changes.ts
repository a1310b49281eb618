import { confirmLimits } from '../limits.ts';
import type { SomeLookups } from '../lookup.ts';
import type { EcsService, LoadBalancer } from '../resources.ts';
import type { Subject } from '../subject.ts';
import { list, moment, optional, optionalList, type Tree, text } from '../tree.ts';

/** The code for a resource that belongs to no stack. */
const inNoStack = 'ValidationError';

/** The half hour before the onset; before now if the onset is not known. Milliseconds since the epoch. */
export const windowOf = ({ onset, now }: Subject): { readonly from: number; readonly until: number } => {
  const until = onset ?? now;
  return { from: until - confirmLimits.beforeOnsetMs, until };
};

/** The most of one page. AWS lists the newest first, and allows two such calls a second. */
const eventsAtOnce = 50;

/** Changes that can close a way or lead requests elsewhere. */
const ruleChange =
  /SecurityGroup|NetworkAcl|RecordSets|^(?:Create|Delete|Modify|Set)(?:Rule|Listener|TargetGroup|LoadBalancer)/;

const owned = (
  { inventory, service }: Subject,
  { services, balancer }: { readonly services: readonly EcsService[]; readonly balancer: LoadBalancer },
): readonly string[] => [
  ...services.filter(({ name }) => name === inventory.services[service]).flatMap(({ arn }) => arn ?? []),
  balancer.arn,
];

const trailEventOf = (tree: Tree) => ({
  at: moment(tree, 'EventTime') ?? 0,
  name: text(tree, 'EventName'),
  resources: optionalList(tree, ['Resources']).flatMap((one) => optional(one, 'ResourceName') ?? []),
});

export const changeLookups: SomeLookups<'stacks' | 'stackEvents' | 'trailEvents'> = {
  stacks: {
    operation: 'cloudformation:DescribeStackResources',
    needs: ['services', 'balancer'],
    calls: (subject, facts) =>
      subject.inventory.stacks.length > 0
        ? []
        : owned(subject, facts).map((PhysicalResourceId) => ({ PhysicalResourceId })),
    absent: inNoStack,
    read: (answers, { inventory }) => [
      ...new Set([
        ...inventory.stacks,
        ...answers
          .filter((one) => one !== null)
          .flatMap((one) => list(one, ['StackResources']).map((resource) => text(resource, 'StackName'))),
      ]),
    ],
  },
  stackEvents: {
    operation: 'cloudformation:DescribeStackEvents',
    needs: ['stacks'],
    // Without pages: the newest hundred are enough for a half hour.
    calls: (_, { stacks }) => stacks.map((StackName) => ({ StackName })),
    read: (answers) =>
      answers.flatMap((answer) =>
        list(answer, ['StackEvents']).map((one) => ({
          at: moment(one, 'Timestamp') ?? 0,
          stack: text(one, 'StackName'),
          resource: optional(one, 'LogicalResourceId') ?? '',
          type: optional(one, 'ResourceType') ?? '',
          status: optional(one, 'ResourceStatus') ?? '',
        })),
      ),
  },
  trailEvents: {
    operation: 'cloudtrail:LookupEvents',
    needs: [],
    calls: (subject) => {
      const { from, until } = windowOf(subject);
      return [
        {
          LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
          StartTime: Math.floor(from / 1_000),
          EndTime: Math.ceil(until / 1_000),
          MaxResults: eventsAtOnce,
        },
      ];
    },
    read: ([answer]) => ({
      isWhole: optional(answer, 'NextToken') === null,
      events: list(answer, ['Events'])
        .map(trailEventOf)
        .filter(({ name }) => ruleChange.test(name)),
    }),
  },
};
