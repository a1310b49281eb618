import { vpc } from './inventory.ts';
import { iso, NoSuchResource, storeSubnets, type XmlAnswers } from './resources.ts';
import type { XmlContent } from './xml.ts';

const subnetsXml: XmlContent = { Subnet: storeSubnets.map((SubnetIdentifier) => ({ SubnetIdentifier })) };

/** Answers of RDS, ElastiCache and CloudWatch about what stores data. */
export const storeAnswers: XmlAnswers = {
  DescribeDBInstances: ({ database }, { DBInstanceIdentifier }) => {
    if (DBInstanceIdentifier !== 'hokusai-mlflow-development') throw new NoSuchResource('DBInstanceNotFound');
    return {
      DBInstances: {
        DBInstance: [
          {
            DBInstanceIdentifier,
            DBInstanceStatus: database.status,
            Endpoint: { Address: 'db.hokusai.local', Port: '5432' },
            ...(database.replicaOf === null ? {} : { ReadReplicaSourceDBInstanceIdentifier: database.replicaOf }),
            DBParameterGroups: {
              DBParameterGroup: [{ DBParameterGroupName: 'hokusai-mlflow', ParameterApplyStatus: 'in-sync' }],
            },
            DBSubnetGroup: { DBSubnetGroupName: 'hokusai-mlflow', VpcId: vpc, Subnets: subnetsXml },
            VpcSecurityGroups: {
              VpcSecurityGroupMembership: [{ VpcSecurityGroupId: 'sg-database', Status: 'active' }],
            },
          },
        ],
      },
    };
  },
  DescribeDBParameters: ({ databaseParameters }) => ({
    Parameters: {
      Parameter: Object.entries(databaseParameters).map(([ParameterName, ParameterValue]) => ({
        ParameterName,
        ParameterValue,
        Source: 'user',
      })),
    },
  }),
  DescribeEvents: ({ databaseEvents }) => ({
    Events:
      databaseEvents.length === 0
        ? ''
        : { Event: databaseEvents.map(({ at, message }) => ({ Date: iso(at), Message: message })) },
  }),
  GetMetricStatistics: ({ database }, _, now) => ({
    Label: 'DatabaseConnections',
    Datapoints: {
      member: database.connections.map((Maximum, index) => ({
        Timestamp: iso(now - index * 60_000),
        Maximum: String(Maximum),
        Unit: 'Count',
      })),
    },
  }),
  DescribeCacheClusters: ({ cache: { status, endpoint } }) => ({
    CacheClusters: {
      CacheCluster: [
        {
          CacheClusterId: 'hokusai-redis',
          CacheClusterStatus: status,
          Engine: 'redis',
          CacheSubnetGroupName: 'hokusai-redis',
          CacheNodes: { CacheNode: [{ CacheNodeId: '0001', Endpoint: { Address: endpoint, Port: '6379' } }] },
          SecurityGroups: { member: [{ SecurityGroupId: 'sg-cache', Status: 'active' }] },
        },
      ],
    },
  }),
  DescribeCacheSubnetGroups: () => ({
    CacheSubnetGroups: {
      CacheSubnetGroup: [{ CacheSubnetGroupName: 'hokusai-redis', VpcId: vpc, Subnets: subnetsXml }],
    },
  }),
  DescribeReplicationGroups: () => ({ ReplicationGroups: '' }),
};
