import { type EcsServiceName, ecsServices } from '../../platform/inventory.ts';
import type { Lookup, Lookups } from '../lookup.ts';
import type { EcsService, HostNamed, Task, TaskDefinition } from '../resources.ts';
import type { Subject } from '../subject.ts';
import {
  child,
  list,
  moment,
  number,
  optional,
  optionalList,
  type Tree,
  text,
  texts,
  UnexpectedForm,
} from '../tree.ts';

const serviceOf = (tree: Tree): EcsService => ({
  arn: optional(tree, 'serviceArn'),
  name: text(tree, 'serviceName'),
  status: text(tree, 'status'),
  desired: number(tree, 'desiredCount'),
  running: number(tree, 'runningCount'),
  taskDefinition: optional(tree, 'taskDefinition') ?? '',
  targetGroups: optionalList(tree, ['loadBalancers'])
    .filter((one) => optional(one, 'targetGroupArn') !== null)
    .map((one) => ({
      arn: text(one, 'targetGroupArn'),
      port: child(one, 'containerPort') === undefined ? null : number(one, 'containerPort'),
    })),
  alternates: [
    ...optionalList(tree, ['loadBalancers']).flatMap(
      (one) => optional(one, 'advancedConfiguration', 'alternateTargetGroupArn') ?? [],
    ),
    ...optionalList(tree, ['taskSets']).flatMap((set) =>
      optionalList(set, ['loadBalancers']).flatMap((one) => optional(one, 'targetGroupArn') ?? []),
    ),
  ],
  registries: optionalList(tree, ['serviceRegistries']).flatMap((one) => {
    const arn = optional(one, 'registryArn');
    return arn === null ? [] : [arn.slice(arn.lastIndexOf('/') + 1)];
  }),
  hasServiceConnect: optionalList(tree, ['deployments']).some(
    (one) => optional(one, 'serviceConnectConfiguration', 'enabled') === 'true',
  ),
  securityGroups: texts(optionalList(tree, ['networkConfiguration', 'awsvpcConfiguration', 'securityGroups'])),
  subnets: texts(optionalList(tree, ['networkConfiguration', 'awsvpcConfiguration', 'subnets'])),
  events: optionalList(tree, ['events']).map((one) => ({
    at: moment(one, 'createdAt') ?? 0,
    message: optional(one, 'message') ?? '',
  })),
  deployments: optionalList(tree, ['deployments']).map((one) => ({
    at: moment(one, 'createdAt') ?? 0,
    definition: (optional(one, 'taskDefinition') ?? '').split('/').at(-1) ?? '',
  })),
});

const taskOf = (tree: Tree): Task => ({
  address: addressOf(tree),
  startedAt: moment(tree, 'startedAt'),
  stoppedAt: moment(tree, 'stoppedAt'),
  stoppedReason: optional(tree, 'stoppedReason'),
  exitCodes: optionalList(tree, ['containers']).flatMap((one) =>
    child(one, 'exitCode') === undefined ? [] : [number(one, 'exitCode')],
  ),
});

const addressOf = (tree: Tree): string | null => {
  const details = optionalList(tree, ['attachments']).flatMap((one) => optionalList(one, ['details']));
  const own = details.find((one) => optional(one, 'name') === 'privateIPv4Address');
  return own === undefined ? null : optional(own, 'value');
};

const addressForm = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Values are read here and nowhere else, and none leaves this function but the hosts of two URLs. */
const definitionOf = (tree: Tree): TaskDefinition => {
  const containers = list(tree, ['taskDefinition', 'containerDefinitions']);
  const variables = containers.flatMap((one) => optionalList(one, ['environment']));
  const secrets = containers.flatMap((one) => optionalList(one, ['secrets']));
  const words = containers.flatMap((one) => [
    ...texts(optionalList(one, ['command'])),
    ...texts(optionalList(one, ['entryPoint'])),
  ]);
  const names = [...variables, ...secrets].map((one) => text(one, 'name'));
  const hostIn = (variable: string): HostNamed | null =>
    hostOf(
      optional(
        variables.find((one) => optional(one, 'name') === variable),
        'value',
      ) ?? '',
    );
  return {
    names,
    secrets: Object.fromEntries(secrets.map((one) => [text(one, 'name'), text(one, 'valueFrom')])),
    tracking: hostIn('MLFLOW_TRACKING_URI'),
    redis: hostIn('REDIS_URL'),
    images: containers.flatMap((one) => optional(one, 'image') ?? []),
    speaksTls: [...words, ...names].some((one) => /\bssl|tls_|certfile|SSL_/i.test(one)),
    checksUsers: words.some((one) => one.includes('basic-auth')),
  };
};

const hostOf = (uri: string): HostNamed | null => {
  if (!URL.canParse(uri)) return null;
  const { hostname, port } = new URL(uri);
  const host = hostname.toLowerCase();
  return { kind: addressForm.test(host) ? 'address' : 'name', host, port: port === '' ? null : Number(port) };
};

/** `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG`, or `@sha256:DIGEST`. */
const imageForm =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]{1,30})\.amazonaws\.com\/(?<name>[^:@]{1,256})(?::(?<tag>[^@]{1,128}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

const imagesOf = (service: EcsServiceName): Lookup<'images.api'> => {
  const own = (images: readonly string[], region: string) =>
    images.flatMap((image) => {
      const { account, region: at, name, tag, digest } = imageForm.exec(image)?.groups ?? {};
      return at === region && name !== undefined ? [{ image, account, name, tag: tag ?? 'latest', digest }] : [];
    });
  return {
    operation: 'ecr:DescribeImages',
    needs: [`definition.${service}`],
    calls: ({ inventory }, facts) =>
      own(facts[`definition.${service}`].images, inventory.region).map(({ account, name, tag, digest }) => ({
        registryId: account,
        repositoryName: name,
        imageIds: [digest === undefined ? { imageTag: tag } : { imageDigest: digest }],
      })),
    absent: 'ImageNotFoundException',
    read: (answers, { inventory }, facts) =>
      own(facts[`definition.${service}`].images, inventory.region).map(({ image }, index) => ({
        name: image.slice(image.indexOf('/') + 1),
        exists: answers[index] !== null && list(answers[index], ['imageDetails']).length > 0,
      })),
  };
};

/** DescribeTasks takes 100. More than the newest few say nothing more. */
const tasksAtOnce = 10;

const arns = (service: EcsServiceName, desiredStatus: 'RUNNING' | 'STOPPED'): Lookup<'runningArns.api'> => ({
  operation: 'ecs:ListTasks',
  needs: [],
  calls: ({ inventory }) => [
    { cluster: inventory.cluster, serviceName: inventory.services[service], desiredStatus, maxResults: tasksAtOnce },
  ],
  read: (answers) => answers.flatMap((answer) => texts(list(answer, ['taskArns']))),
});

const tasks = (from: `${'runningArns' | 'stoppedArns'}.${EcsServiceName}`): Lookup<'running.api'> => ({
  operation: 'ecs:DescribeTasks',
  needs: [from],
  calls: ({ inventory }, facts) =>
    facts[from].length === 0 ? [] : [{ cluster: inventory.cluster, tasks: facts[from].slice(0, tasksAtOnce) }],
  read: (answers) => answers.flatMap((answer) => list(answer, ['tasks']).map(taskOf)),
});

const definition = (service: EcsServiceName): Lookup<'definition.api'> => ({
  operation: 'ecs:DescribeTaskDefinition',
  needs: ['services'],
  calls: ({ inventory }: Subject, { services }) => {
    const found = services.find(({ name }) => name === inventory.services[service]);
    return found === undefined || found.taskDefinition === '' ? null : [{ taskDefinition: found.taskDefinition }];
  },
  read: ([answer]) => definitionOf(answer),
});

type PerService = Pick<
  Lookups,
  `${'runningArns' | 'running' | 'stoppedArns' | 'stopped' | 'definition' | 'images'}.${EcsServiceName}`
>;

const ofService = (service: EcsServiceName) => ({
  [`runningArns.${service}`]: arns(service, 'RUNNING'),
  [`running.${service}`]: tasks(`runningArns.${service}`),
  [`stoppedArns.${service}`]: arns(service, 'STOPPED'),
  [`stopped.${service}`]: tasks(`stoppedArns.${service}`),
  [`definition.${service}`]: definition(service),
  [`images.${service}`]: imagesOf(service),
});

export const ecsLookups: Pick<Lookups, 'services'> & PerService = {
  services: {
    operation: 'ecs:DescribeServices',
    needs: [],
    calls: ({ inventory }) => [
      { cluster: inventory.cluster, services: ecsServices.map((one) => inventory.services[one]) },
    ],
    read: (answers) =>
      answers.flatMap((answer) => {
        const services = list(answer, ['services']).map(serviceOf);
        // Names without a service are listed as failures. Neither means that the answer is not one.
        if (services.length === 0 && optionalList(answer, ['failures']).length === 0)
          throw new UnexpectedForm('neither services nor failures');
        return services;
      }),
  },
  ...(Object.assign({}, ...ecsServices.map(ofService)) as PerService),
};
