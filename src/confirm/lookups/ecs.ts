import { type EcsServiceName, ecsServices } from '../../platform/inventory.ts';
import type { Lookup, Lookups } from '../lookup.ts';
import type { EcsService, Task, TaskDefinition } from '../resources.ts';
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
  securityGroups: texts(optionalList(tree, ['networkConfiguration', 'awsvpcConfiguration', 'securityGroups'])),
  subnets: texts(optionalList(tree, ['networkConfiguration', 'awsvpcConfiguration', 'subnets'])),
  events: optionalList(tree, ['events']).map((one) => ({
    at: moment(one, 'createdAt') ?? 0,
    message: optional(one, 'message') ?? '',
  })),
  deployments: optionalList(tree, ['deployments']).map((one) => ({
    at: moment(one, 'createdAt') ?? 0,
    rollout: optional(one, 'rolloutState'),
    failed: Number(optional(one, 'failedTasks') ?? 0),
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

const trackingVariable = 'MLFLOW_TRACKING_URI';
const addressForm = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Values are read here and nowhere else, and none leaves this function but the host of MLFLOW_TRACKING_URI. */
const definitionOf = (tree: Tree): TaskDefinition => {
  const containers = list(tree, ['taskDefinition', 'containerDefinitions']);
  const variables = containers.flatMap((one) => optionalList(one, ['environment']));
  const secrets = containers.flatMap((one) => optionalList(one, ['secrets']));
  const words = containers.flatMap((one) => [
    ...texts(optionalList(one, ['command'])),
    ...texts(optionalList(one, ['entryPoint'])),
  ]);
  const names = [...variables, ...secrets].map((one) => text(one, 'name'));
  const uri = variables.find((one) => optional(one, 'name') === trackingVariable);
  return {
    names,
    secrets: Object.fromEntries(secrets.map((one) => [text(one, 'name'), text(one, 'valueFrom')])),
    tracking: uri === undefined ? null : hostOf(optional(uri, 'value') ?? ''),
    speaksTls: [...words, ...names].some((one) => /\bssl|tls_|certfile|SSL_/i.test(one)),
    checksUsers: words.some((one) => one.includes('basic-auth')),
  };
};

const hostOf = (uri: string): TaskDefinition['tracking'] => {
  if (!URL.canParse(uri)) return null;
  const host = new URL(uri).hostname.toLowerCase();
  return { kind: addressForm.test(host) ? 'address' : 'name', host };
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
  `${'runningArns' | 'running' | 'stoppedArns' | 'stopped' | 'definition'}.${EcsServiceName}`
>;

const ofService = (service: EcsServiceName) => ({
  [`runningArns.${service}`]: arns(service, 'RUNNING'),
  [`running.${service}`]: tasks(`runningArns.${service}`),
  [`stoppedArns.${service}`]: arns(service, 'STOPPED'),
  [`stopped.${service}`]: tasks(`stoppedArns.${service}`),
  [`definition.${service}`]: definition(service),
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
