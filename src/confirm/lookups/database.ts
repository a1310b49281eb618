import { confirmLimits } from '../limits.ts';
import type { SomeLookups } from '../lookup.ts';
import { child, list, moment, number, optional, optionalList, text } from '../tree.ts';
import { placeIn } from './network.ts';

const minute = 60_000;
const iso = (at: number): string => new Date(at).toISOString();

/** The variable with the password of MLflow's database. */
export const passwordVariable = 'DB_PASSWORD';

/** A secret's ARN may be followed by a field and versions: `…:secret:NAME-AbCdEf:field:stage:version`. */
const secretId = (valueFrom: string): string => valueFrom.split(':').slice(0, 7).join(':');

export const databaseLookups: SomeLookups<
  'database' | 'databaseEvents' | 'databaseParameters' | 'connections' | 'secretChangedAt'
> = {
  database: {
    operation: 'rds:DescribeDBInstances',
    needs: [],
    calls: ({ inventory }) => [{ DBInstanceIdentifier: inventory.database }],
    read: (answers) => {
      const [tree] = answers.flatMap((answer) => list(answer, ['DBInstances'], 'DBInstance'));
      return {
        id: text(tree, 'DBInstanceIdentifier'),
        status: text(tree, 'DBInstanceStatus'),
        port: Number(optional(tree, 'Endpoint', 'Port') ?? optional(tree, 'DbInstancePort') ?? 5_432),
        isReplica: optional(tree, 'ReadReplicaSourceDBInstanceIdentifier') !== null,
        parameterGroup:
          optionalList(tree, ['DBParameterGroups'], 'DBParameterGroup').map((one) =>
            text(one, 'DBParameterGroupName'),
          )[0] ?? null,
        securityGroups: optionalList(tree, ['VpcSecurityGroups'], 'VpcSecurityGroupMembership').map((one) =>
          text(one, 'VpcSecurityGroupId'),
        ),
        place: child(tree, 'DBSubnetGroup') === undefined ? null : placeIn(child(tree, 'DBSubnetGroup')),
      };
    },
  },
  databaseEvents: {
    operation: 'rds:DescribeEvents',
    needs: [],
    calls: ({ inventory }) => [
      { SourceIdentifier: inventory.database, SourceType: 'db-instance', Duration: confirmLimits.recentMs / minute },
    ],
    read: (answers) =>
      answers.flatMap((answer) =>
        list(answer, ['Events'], 'Event').map((one) => ({
          at: moment(one, 'Date') ?? 0,
          message: optional(one, 'Message') ?? '',
        })),
      ),
  },
  databaseParameters: {
    operation: 'rds:DescribeDBParameters',
    needs: ['database'],
    calls: (_, { database: { parameterGroup } }) =>
      // Default groups cannot be changed.
      parameterGroup === null || parameterGroup.startsWith('default.')
        ? []
        : [{ DBParameterGroupName: parameterGroup, Source: 'user' }],
    paging: { parameter: 'Marker', path: ['Marker'] },
    read: (answers) =>
      new Map(
        answers.flatMap((answer) =>
          list(answer, ['Parameters'], 'Parameter').map(
            (one) => [text(one, 'ParameterName'), optional(one, 'ParameterValue') ?? ''] as const,
          ),
        ),
      ),
  },
  connections: {
    operation: 'cloudwatch:GetMetricStatistics',
    needs: [],
    calls: ({ inventory, now }) => [
      {
        Namespace: 'AWS/RDS',
        MetricName: 'DatabaseConnections',
        'Dimensions.member.1.Name': 'DBInstanceIdentifier',
        'Dimensions.member.1.Value': inventory.database,
        StartTime: iso(now - 15 * minute),
        EndTime: iso(now),
        Period: 60,
        'Statistics.member.1': 'Maximum',
      },
    ],
    read: (answers) =>
      answers.flatMap((answer) =>
        list(answer, ['Datapoints']).map((one) => ({
          at: moment(one, 'Timestamp') ?? 0,
          most: number(one, 'Maximum'),
        })),
      ),
  },
  secretChangedAt: {
    operation: 'secretsmanager:DescribeSecret',
    needs: ['definition.mlflow'],
    calls: (_, facts) => {
      const from = facts['definition.mlflow'].secrets[passwordVariable];
      return from?.includes(':secretsmanager:') === true ? [{ SecretId: secretId(from) }] : null;
    },
    read: ([answer]) => {
      text(answer, 'Name');
      return moment(answer, 'LastChangedDate');
    },
  },
};
