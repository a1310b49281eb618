import { type AwsInventory, arn, imageUri, type ServiceName, serviceNames } from './inventory.ts';
import {
  certificateArn,
  groupArn,
  NoSuchResource,
  type Params,
  privateSubnets,
  serviceLabel,
  serviceNamed,
  taskArn,
} from './resources.ts';

const seconds = (at: number): number => at / 1_000;

const serviceJson = (inventory: AwsInventory, name: ServiceName): object => {
  const { desired, tasks, events, groups, port } = inventory.services[name];
  return {
    serviceArn: arn('ecs', `service/hokusai-development/${serviceLabel(name)}`),
    serviceName: serviceLabel(name),
    status: 'ACTIVE',
    desiredCount: desired,
    runningCount: tasks.length,
    pendingCount: 0,
    taskDefinition: arn('ecs', `task-definition/${serviceLabel(name)}:115`),
    loadBalancers: groups.map((one) => ({ targetGroupArn: groupArn(one), containerName: name, containerPort: port })),
    serviceRegistries: name === 'mlflow' ? [{ registryArn: arn('servicediscovery', 'service/srv-mlflow') }] : [],
    networkConfiguration: { awsvpcConfiguration: { subnets: privateSubnets, securityGroups: [`sg-${name}`] } },
    events: events.map(({ at, message }) => ({
      createdAt: seconds(at),
      message: `(service ${serviceLabel(name)}) ${message}`,
    })),
    deployments: [
      {
        status: 'PRIMARY',
        createdAt: seconds(tasks[0]?.startedAt ?? 0),
        taskDefinition: arn('ecs', `task-definition/${serviceLabel(name)}:115`),
        rolloutState: 'COMPLETED',
        failedTasks: 0,
      },
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
            image: imageUri(name),
            command,
            environment: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
            secrets: Object.entries(secrets).map(([variable, valueFrom]) => ({ name: variable, valueFrom })),
          },
        ],
      },
    };
  },
  DescribeImages: ({ images }, { repositoryName, imageIds }) => {
    const [{ imageTag }] = imageIds as readonly [{ readonly imageTag: string }];
    if (!images.includes(`${repositoryName}:${imageTag}`)) throw new NoSuchResource('ImageNotFoundException');
    return { imageDetails: [{ registryId: '123456789012', repositoryName, imageTags: [imageTag] }] };
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
  LookupEvents: ({ trailEvents }, { StartTime, EndTime }) => ({
    Events: trailEvents
      .filter(({ at }) => Number(StartTime) <= seconds(at) && seconds(at) <= Number(EndTime))
      .map(({ at, name, resource }, index) => ({
        EventId: String(index),
        EventName: name,
        ReadOnly: 'false',
        EventTime: seconds(at),
        Resources: [{ ResourceName: resource }],
      })),
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
