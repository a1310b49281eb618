import { balancerDnsName } from '../balancers.ts';
import {
  type AwsAction,
  type AwsInventory,
  type AwsListener,
  arn,
  balancerNames,
  type GroupName,
  groupNames,
  type ServiceName,
  serviceNames,
} from './inventory.ts';
import type { XmlContent } from './xml.ts';

type Params = Readonly<Record<string, unknown>>;

/** A resource that the call names does not exist. */
export class NoSuchResource extends Error {
  readonly code: string;

  constructor(code: string) {
    super('it does not exist');
    this.code = code;
  }
}

const vpc = 'vpc-hokusai';
const subnets = ['subnet-a', 'subnet-b'] as const;
const zoneId = 'Z0HOKUSAI';

const balancerArn = (name: string): string =>
  arn('elasticloadbalancing', `loadbalancer/app/hokusai-${name}-development/50dc6c495c0c9188`);
const listenerArn = (name: string, port: number): string =>
  arn('elasticloadbalancing', `listener/app/hokusai-${name}-development/50dc6c495c0c9188/${port}`);
const groupLabels: Readonly<Record<GroupName, string>> = {
  registryApi: 'hokusai-reg-api-development',
  api: 'hokusai-api-tg-development',
  auth: 'hokusai-auth-development',
  platform: 'hokusai-platform-development',
  mlflow: 'hokusai-mlflow-development',
};
const groupArn = (name: GroupName): string =>
  arn('elasticloadbalancing', `targetgroup/${groupLabels[name]}/aab4ed4b619b04c0`);
const serviceLabel = (name: ServiceName): string => `hokusai-${name}-development`;
const certificateArn = arn('acm', 'certificate/12345678-1234-1234-1234-123456789012');
const taskArn = (name: ServiceName, state: string, index: number): string =>
  arn('ecs', `task/hokusai-development/${name}-${state}-${index}`);

const iso = (at: number): string => new Date(at).toISOString();

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
  ipRanges: from.startsWith('sg-') ? '' : { item: [{ cidrIp: from }] },
  ipv6Ranges: '',
  prefixListIds: '',
});

const serviceNamed = (name: unknown): ServiceName | undefined =>
  serviceNames.find((one) => serviceLabel(one) === name || one === name);

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
        AvailabilityZones: { member: subnets.map((SubnetId) => ({ SubnetId })) },
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
          ipPermissions: ingress.length === 0 ? '' : { item: ingress.map(permissionXml) },
          ipPermissionsEgress: { item: [permissionXml({ port: null, from: '0.0.0.0/0' })] },
        })),
      },
    };
  },
  DescribeNetworkAcls: () => ({
    networkAclSet: {
      item: [
        {
          networkAclId: 'acl-default',
          vpcId: vpc,
          default: 'true',
          associationSet: { item: subnets.map((subnetId) => ({ subnetId })) },
          entrySet: {
            item: ['true', 'false'].flatMap((egress) => [
              { ruleNumber: '100', protocol: '-1', ruleAction: 'allow', egress, cidrBlock: '0.0.0.0/0' },
              { ruleNumber: '32767', protocol: '-1', ruleAction: 'deny', egress, cidrBlock: '0.0.0.0/0' },
            ]),
          },
        },
      ],
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

/** Answers of Route 53. */
export const route53Answers = (inventory: AwsInventory, path: string, name: string): XmlContent | null => {
  if (path === '/2013-04-01/hostedzonesbyname')
    return {
      HostedZones: {
        HostedZone: [
          { Id: `/hostedzone/${zoneId}`, Name: 'hokus.ai.', Config: { PrivateZone: 'false' } },
          { Id: '/hostedzone/Z0LOCAL', Name: 'hokusai.local.', Config: { PrivateZone: 'true' } },
        ],
      },
      IsTruncated: 'false',
      MaxItems: '100',
    };
  if (path !== `/2013-04-01/hostedzone/${zoneId}/rrset`) return null;
  const value = inventory.records.get(name);
  return {
    ResourceRecordSets: {
      ResourceRecordSet: [
        ...(value === undefined
          ? []
          : [
              value.endsWith('.amazonaws.com')
                ? {
                    Name: `${name}.`,
                    Type: 'A',
                    AliasTarget: { DNSName: `dualstack.${value}.`, HostedZoneId: 'Z35SXDOTRQ7X7K' },
                  }
                : { Name: `${name}.`, Type: 'A', TTL: '60', ResourceRecords: { ResourceRecord: [{ Value: value }] } },
            ]),
        { Name: 'zz.hokus.ai.', Type: 'TXT', TTL: '60', ResourceRecords: { ResourceRecord: [{ Value: '"x"' }] } },
      ],
    },
    IsTruncated: 'false',
    MaxItems: '10',
  };
};

const seconds = (at: number): number => at / 1_000;

const serviceJson = (inventory: AwsInventory, name: ServiceName): object => {
  const { desired, tasks, events, groups, port } = inventory.services[name];
  return {
    serviceName: serviceLabel(name),
    status: 'ACTIVE',
    desiredCount: desired,
    runningCount: tasks.length,
    pendingCount: 0,
    taskDefinition: arn('ecs', `task-definition/${serviceLabel(name)}:115`),
    loadBalancers: groups.map((one) => ({ targetGroupArn: groupArn(one), containerName: name, containerPort: port })),
    serviceRegistries: name === 'mlflow' ? [{ registryArn: arn('servicediscovery', 'service/srv-mlflow') }] : [],
    networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: [`sg-${name}`] } },
    events: events.map(({ at, message }) => ({
      createdAt: seconds(at),
      message: `(service ${serviceLabel(name)}) ${message}`,
    })),
    deployments: [
      { status: 'PRIMARY', createdAt: seconds(tasks[0]?.startedAt ?? 0), rolloutState: 'COMPLETED', failedTasks: 0 },
    ],
  };
};

/** Answers of the JSON protocols. */
export const jsonAnswers: Readonly<Record<string, (inventory: AwsInventory, params: Params, now: number) => object>> = {
  DescribeServices: (inventory, { services }) => {
    const wanted = Array.isArray(services) ? services : [];
    const known = serviceNames.filter((name) => wanted.includes(serviceLabel(name)));
    return {
      services: known.map((name) => serviceJson(inventory, name)),
      failures: wanted
        .filter((one) => !known.some((name) => serviceLabel(name) === one))
        .map((one) => ({ arn: arn('ecs', `service/${one}`), reason: 'MISSING' })),
    };
  },
  ListTasks: ({ services }, { serviceName, desiredStatus }) => {
    const name = serviceNamed(serviceName);
    if (name === undefined) throw new NoSuchResource('ServiceNotFoundException');
    const all = desiredStatus === 'STOPPED' ? services[name].stopped : services[name].tasks;
    return { taskArns: all.map((_, index) => taskArn(name, String(desiredStatus).toLowerCase(), index)) };
  },
  DescribeTasks: ({ services }, { tasks }) => ({
    tasks: (Array.isArray(tasks) ? tasks : []).map((one: string) => {
      const [id = '', state, index] = one.slice(one.lastIndexOf('/') + 1).split('-');
      const service = services[serviceNamed(id) ?? 'api'];
      if (state === 'stopped') {
        const stopped = service.stopped[Number(index)];
        return {
          taskArn: one,
          lastStatus: 'STOPPED',
          stoppedAt: seconds(stopped?.stoppedAt ?? 0),
          stoppedReason: stopped?.reason,
          containers: [{ name: id, ...(stopped?.exitCode === null ? {} : { exitCode: stopped?.exitCode }) }],
        };
      }
      const task = service.tasks[Number(index)];
      return {
        taskArn: one,
        lastStatus: 'RUNNING',
        startedAt: seconds(task?.startedAt ?? 0),
        attachments: [
          { type: 'ElasticNetworkInterface', details: [{ name: 'privateIPv4Address', value: task?.address }] },
        ],
        containers: [{ name: id }],
      };
    }),
    failures: [],
  }),
  DescribeTaskDefinition: ({ services }, { taskDefinition }) => {
    const name = serviceNames.find((one) => String(taskDefinition).includes(`/${serviceLabel(one)}:`));
    if (name === undefined) throw new NoSuchResource('ClientException');
    const { environment, secrets, command } = services[name];
    return {
      taskDefinition: {
        taskDefinitionArn: taskDefinition,
        containerDefinitions: [
          {
            name,
            command,
            environment: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
            secrets: Object.entries(secrets).map(([variable, valueFrom]) => ({ name: variable, valueFrom })),
          },
        ],
      },
    };
  },
  ListInstances: ({ instances }) => ({
    Instances: instances.map((address, index) => ({
      Id: `i-${index}`,
      Attributes: { AWS_INSTANCE_IPV4: address, AWS_INSTANCE_PORT: '5000' },
    })),
  }),
  DescribeCertificate: ({ certificate }) => ({
    Certificate: {
      CertificateArn: certificateArn,
      DomainName: certificate.names[0],
      SubjectAlternativeNames: certificate.names,
      Status: certificate.status,
      NotBefore: 1_700_000_000,
      NotAfter: seconds(certificate.notAfter),
    },
  }),
  DescribeSecret: ({ secretChangedAt }, { SecretId }) => ({
    ARN: SecretId,
    Name: 'hokusai/mlflow/db',
    LastChangedDate: seconds(secretChangedAt),
  }),
  FilterLogEvents: ({ logs }, { logGroupName }, now) => {
    const name = serviceNames.find((one) => `/ecs/${serviceLabel(one)}` === logGroupName);
    if (name === undefined) throw new NoSuchResource('ResourceNotFoundException');
    return {
      events: logs[name].map((message, index) => ({ timestamp: now - index * 1_000, message, logStreamName: 'ecs/x' })),
      searchedLogStreams: [],
    };
  },
};
