import { balancerDnsName } from '../balancers.ts';
import { type AwsAction, type AwsInventory, type AwsListener, balancerNames, groupNames, vpc } from './inventory.ts';
import {
  balancerArn,
  certificateArn,
  groupArn,
  groupLabels,
  iso,
  listenerArn,
  NoSuchResource,
  type Params,
  privateSubnets,
  publicSubnets,
  storeSubnets,
} from './resources.ts';
import type { XmlContent } from './xml.ts';

const actionXml = (action: AwsAction): XmlContent => {
  switch (action.kind) {
    case 'forward':
      return {
        Type: 'forward',
        TargetGroupArn: groupArn(action.to),
        ForwardConfig: { TargetGroups: { member: [{ TargetGroupArn: groupArn(action.to), Weight: '1' }] } },
      };
    case 'fixed':
      return { Type: 'fixed-response', FixedResponseConfig: { StatusCode: action.status, ContentType: 'text/plain' } };
    case 'redirect':
      return {
        Type: 'redirect',
        RedirectConfig: {
          Protocol: action.protocol,
          Port: action.protocol === 'HTTPS' ? '443' : '80',
          Host: action.host,
          Path: '/#{path}',
          Query: '#{query}',
          StatusCode: 'HTTP_301',
        },
      };
  }
};

const condition = (field: string, config: string, value: string): XmlContent => ({
  Field: field,
  Values: { member: [value] },
  [config]: { Values: { member: [value] } },
});

const rulesXml = ({ rules, otherwise }: AwsListener): XmlContent => ({
  member: [
    ...rules.map(({ host, path, action }, index) => ({
      RuleArn: `rule/${index + 1}`,
      Priority: String(index + 1),
      IsDefault: 'false',
      Conditions: {
        member: [
          condition('host-header', 'HostHeaderConfig', host),
          ...(path === null ? [] : [condition('path-pattern', 'PathPatternConfig', path)]),
        ],
      },
      Actions: { member: [actionXml(action)] },
    })),
    {
      RuleArn: 'rule/default',
      Priority: 'default',
      IsDefault: 'true',
      Conditions: '',
      Actions: { member: [actionXml(otherwise)] },
    },
  ],
});

const listenersOf = (inventory: AwsInventory) =>
  balancerNames.flatMap((name) =>
    ([443, 80] as const).flatMap((port) => {
      const listener = port === 443 ? inventory.balancers[name].https : inventory.balancers[name].http;
      return listener === null ? [] : [{ name, port, listener, arn: listenerArn(name, port) }];
    }),
  );

const permissionXml = ({ port, from }: { readonly port: number | null; readonly from: string }): XmlContent => ({
  ipProtocol: port === null ? '-1' : 'tcp',
  ...(port === null ? {} : { fromPort: String(port), toPort: String(port) }),
  groups: from.startsWith('sg-') ? { item: [{ userId: '123456789012', groupId: from }] } : '',
  ipRanges: /^(?:sg|pl)-/.test(from) ? '' : { item: [{ cidrIp: from }] },
  ipv6Ranges: '',
  prefixListIds: from.startsWith('pl-') ? { item: [{ prefixListId: from }] } : '',
});

const aclXml = (id: string, subnets: readonly string[], deniedPorts: readonly number[]): XmlContent => ({
  networkAclId: id,
  vpcId: vpc,
  default: String(id === 'acl-default'),
  associationSet: { item: subnets.map((subnetId) => ({ subnetId })) },
  entrySet: {
    item: ['true', 'false'].flatMap((egress) => [
      ...deniedPorts.map((port, index) => ({
        ruleNumber: String(index + 1),
        protocol: '6',
        ruleAction: 'deny',
        egress,
        cidrBlock: '0.0.0.0/0',
        portRange: { from: String(port), to: String(port) },
      })),
      { ruleNumber: '100', protocol: '-1', ruleAction: 'allow', egress, cidrBlock: '0.0.0.0/0' },
      { ruleNumber: '32767', protocol: '-1', ruleAction: 'deny', egress, cidrBlock: '0.0.0.0/0' },
    ]),
  },
});

const subnetsXml: XmlContent = { Subnet: storeSubnets.map((SubnetIdentifier) => ({ SubnetIdentifier })) };

/** Answers of the query protocols, below `<ActionResponse>`. */
export const xmlAnswers: Readonly<
  Record<string, (inventory: AwsInventory, params: Params, now: number) => XmlContent>
> = {
  DescribeLoadBalancers: () => ({
    LoadBalancers: {
      member: balancerNames.map((name) => ({
        LoadBalancerArn: balancerArn(name),
        LoadBalancerName: `hokusai-${name}-development`,
        DNSName: balancerDnsName(name),
        VpcId: vpc,
        SecurityGroups: { member: ['sg-balancer'] },
        AvailabilityZones: { member: publicSubnets.map((SubnetId) => ({ SubnetId })) },
      })),
    },
  }),
  DescribeListeners: (inventory, { LoadBalancerArn }) => {
    if (!balancerNames.some((name) => balancerArn(name) === LoadBalancerArn))
      throw new NoSuchResource('LoadBalancerNotFound');
    return {
      Listeners: {
        member: listenersOf(inventory)
          .filter(({ name }) => balancerArn(name) === LoadBalancerArn)
          .map(({ arn: ListenerArn, port, listener }) => ({
            ListenerArn,
            Port: String(port),
            Protocol: port === 443 ? 'HTTPS' : 'HTTP',
            DefaultActions: { member: [actionXml(listener.otherwise)] },
            ...(port === 443 ? { Certificates: { member: [{ CertificateArn: certificateArn }] } } : {}),
          })),
      },
    };
  },
  DescribeRules: (inventory, { ListenerArn }) => {
    const found = listenersOf(inventory).find((one) => one.arn === ListenerArn);
    if (found === undefined) throw new NoSuchResource('ListenerNotFound');
    return { Rules: rulesXml(found.listener) };
  },
  DescribeTargetGroups: ({ groups }) => ({
    TargetGroups: {
      member: groupNames.map((name) => ({
        TargetGroupArn: groupArn(name),
        TargetGroupName: groupLabels[name],
        Protocol: groups[name].protocol,
        Port: '8000',
        VpcId: vpc,
        HealthCheckProtocol: groups[name].protocol,
        HealthCheckPath: groups[name].healthPath,
        LoadBalancerArns: { member: [balancerArn(name === 'registryApi' ? 'registry' : 'main')] },
      })),
    },
  }),
  DescribeTargetHealth: ({ groups }, { TargetGroupArn }) => {
    const name = groupNames.find((one) => groupArn(one) === TargetGroupArn);
    if (name === undefined) throw new NoSuchResource('TargetGroupNotFound');
    const { targets } = groups[name];
    return {
      TargetHealthDescriptions:
        targets.length === 0
          ? ''
          : {
              member: targets.map(({ id, state, reason, description }) => ({
                Target: { Id: id, Port: '8000', AvailabilityZone: 'us-east-1a' },
                TargetHealth: {
                  State: state,
                  ...(reason === undefined ? {} : { Reason: reason }),
                  ...(description === undefined ? {} : { Description: description }),
                },
              })),
            },
    };
  },
  DescribeSecurityGroups: ({ securityGroups }, params) => {
    const ids = Object.entries(params).flatMap(([name, value]) => (name.startsWith('GroupId.') ? [String(value)] : []));
    const known = Object.entries(securityGroups).filter(([name]) => ids.includes(`sg-${name}`));
    if (known.length < ids.length) throw new NoSuchResource('InvalidGroup.NotFound');
    return {
      securityGroupInfo: {
        item: known.map(([name, ingress]) => ({
          groupId: `sg-${name}`,
          groupName: `hokusai-${name}`,
          vpcId: vpc,
          ipPermissions: ingress.length === 0 ? '' : { item: ingress.map(permissionXml) },
          ipPermissionsEgress: { item: [permissionXml({ port: null, from: '0.0.0.0/0' })] },
        })),
      },
    };
  },
  DescribeNetworkAcls: ({ deniedPorts, storeDeniedPorts }) => ({
    networkAclSet: {
      item: [
        aclXml('acl-default', [...publicSubnets, ...privateSubnets], deniedPorts),
        aclXml('acl-stores', storeSubnets, storeDeniedPorts),
      ],
    },
  }),
  GetManagedPrefixListEntries: ({ prefixLists }, { PrefixListId }) => {
    const cidrs = prefixLists[String(PrefixListId)];
    if (cidrs === undefined) throw new NoSuchResource('InvalidPrefixListID.NotFound');
    return { entrySet: { item: cidrs.map((cidr) => ({ cidr })) } };
  },
  DescribeListenerCertificates: (_, { ListenerArn }) => ({
    Certificates: {
      member: String(ListenerArn).endsWith('/443') ? [{ CertificateArn: certificateArn, IsDefault: 'true' }] : [],
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
  DescribeCacheSubnetGroups: () => ({
    CacheSubnetGroups: {
      CacheSubnetGroup: [{ CacheSubnetGroupName: 'hokusai-redis', VpcId: vpc, Subnets: subnetsXml }],
    },
  }),
  DescribeReplicationGroups: () => ({ ReplicationGroups: '' }),
  DescribeDBParameters: ({ databaseParameters }) => ({
    Parameters: {
      Parameter: Object.entries(databaseParameters).map(([ParameterName, ParameterValue]) => ({
        ParameterName,
        ParameterValue,
        Source: 'user',
      })),
    },
  }),
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
};
