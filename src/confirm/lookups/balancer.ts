import type { SomeLookups } from '../lookup.ts';
import type { Action, Listener, LoadBalancer, Rule, TargetGroup } from '../resources.ts';
import type { Subject } from '../subject.ts';
import { child, list, number, optional, optionalList, type Tree, text, texts } from '../tree.ts';

const marker = { parameter: 'Marker', path: ['NextMarker'] };

const balancerOf = (tree: Tree): LoadBalancer => ({
  arn: text(tree, 'LoadBalancerArn'),
  name: text(tree, 'LoadBalancerName'),
  dnsName: text(tree, 'DNSName').toLowerCase(),
  vpc: optional(tree, 'VpcId') ?? '',
  securityGroups: texts(optionalList(tree, ['SecurityGroups'])),
  subnets: optionalList(tree, ['AvailabilityZones']).map((zone) => text(zone, 'SubnetId')),
});

const actionsOf = (trees: readonly Tree[]): readonly Action[] => trees.map(actionOf);

const actionOf = (tree: Tree): Action => {
  const type = text(tree, 'Type');
  switch (type) {
    case 'forward': {
      const weighted = optionalList(tree, ['ForwardConfig', 'TargetGroups']).filter(
        (one) => Number(optional(one, 'Weight') ?? 1) > 0,
      );
      const groups = weighted.map((one) => text(one, 'TargetGroupArn'));
      return { kind: 'forward', groups: groups.length > 0 ? groups : [text(tree, 'TargetGroupArn')] };
    }
    case 'redirect': {
      const part = (name: string, otherwise: string): string => optional(tree, 'RedirectConfig', name) ?? otherwise;
      return {
        kind: 'redirect',
        protocol: part('Protocol', '#{protocol}'),
        host: part('Host', '#{host}'),
        port: part('Port', '#{port}'),
        path: part('Path', '/#{path}'),
      };
    }
    case 'fixed-response':
      return { kind: 'fixed-response', status: optional(tree, 'FixedResponseConfig', 'StatusCode') ?? 'unknown' };
    default:
      return { kind: 'other', type };
  }
};

const listenerOf = (tree: Tree): Listener => ({
  arn: text(tree, 'ListenerArn'),
  port: number(tree, 'Port'),
  protocol: text(tree, 'Protocol'),
  actions: actionsOf(list(tree, ['DefaultActions'])),
  certificates: optionalList(tree, ['Certificates']).map((one) => text(one, 'CertificateArn')),
});

/** A condition's values are in a list of its own, or in the configuration of its kind. */
const conditionValues = (tree: Tree): readonly string[] => {
  const configured = [['HostHeaderConfig'], ['PathPatternConfig'], ['HttpRequestMethodConfig'], ['SourceIpConfig']]
    .flatMap((path) => optionalList(tree, [...path, 'Values']))
    .concat(optionalList(tree, ['Values']));
  return [...new Set(texts(configured))];
};

const ruleOf = (tree: Tree): Rule => ({
  priority: text(tree, 'Priority'),
  isDefault: text(tree, 'IsDefault') === 'true',
  conditions: optionalList(tree, ['Conditions']).map((one) => ({
    field: text(one, 'Field'),
    values: conditionValues(one),
  })),
  actions: actionsOf(list(tree, ['Actions'])),
});

const groupOf = (tree: Tree): TargetGroup => ({
  arn: text(tree, 'TargetGroupArn'),
  name: text(tree, 'TargetGroupName'),
  protocol: optional(tree, 'Protocol') ?? 'unknown',
  healthPath: optional(tree, 'HealthCheckPath'),
  healthProtocol: optional(tree, 'HealthCheckProtocol'),
  balancers: texts(optionalList(tree, ['LoadBalancerArns'])),
});

/** By the name in DNS, which is what clients reach; otherwise by the configured name. */
const chosen = (all: readonly LoadBalancer[], { balancerDnsName, inventory, host }: Subject): LoadBalancer | null =>
  all.find(({ dnsName }) => balancerDnsName !== null && balancerDnsName === dnsName) ??
  all.find(({ name }) => name === inventory.balancers[host]) ??
  null;

const rulesOn = (port: number) =>
  ({
    operation: 'elasticloadbalancing:DescribeRules',
    needs: ['listeners'],
    calls: (_subject: Subject, { listeners }: { readonly listeners: readonly Listener[] }) =>
      listeners.filter((one) => one.port === port).map(({ arn }) => ({ ListenerArn: arn })),
    paging: marker,
    read: (answers: readonly Tree[]) => answers.flatMap((answer) => list(answer, ['Rules']).map(ruleOf)),
  }) as const;

export const balancerLookups: SomeLookups<
  'balancers' | 'balancer' | 'listeners' | 'listenerCertificates' | 'rules' | 'rules80' | 'targetGroups' | 'targets'
> = {
  balancers: {
    operation: 'elasticloadbalancing:DescribeLoadBalancers',
    needs: [],
    calls: () => [{}],
    paging: marker,
    read: (answers) => answers.flatMap((answer) => list(answer, ['LoadBalancers']).map(balancerOf)),
  },
  balancer: {
    operation: null,
    needs: ['balancers'],
    calls: (subject, { balancers }) => (chosen(balancers, subject) === null ? null : []),
    read: (_, subject, { balancers }) => {
      const found = chosen(balancers, subject);
      if (found === null) throw new Error('calls has checked that there is one');
      return found;
    },
  },
  listeners: {
    operation: 'elasticloadbalancing:DescribeListeners',
    needs: ['balancer'],
    calls: (_, { balancer }) => [{ LoadBalancerArn: balancer.arn }],
    paging: marker,
    read: (answers) => answers.flatMap((answer) => list(answer, ['Listeners']).map(listenerOf)),
  },
  listenerCertificates: {
    operation: 'elasticloadbalancing:DescribeListenerCertificates',
    needs: ['listeners'],
    calls: (_, { listeners }) => listeners.filter(({ port }) => port === 443).map(({ arn }) => ({ ListenerArn: arn })),
    paging: marker,
    read: (answers, _, { listeners }) => [
      ...new Set([
        ...listeners.filter(({ port }) => port === 443).flatMap(({ certificates }) => certificates),
        ...answers.flatMap((answer) => list(answer, ['Certificates']).map((one) => text(one, 'CertificateArn'))),
      ]),
    ],
  },
  rules: rulesOn(443),
  rules80: rulesOn(80),
  targetGroups: {
    operation: 'elasticloadbalancing:DescribeTargetGroups',
    needs: [],
    calls: () => [{}],
    paging: marker,
    read: (answers) => answers.flatMap((answer) => list(answer, ['TargetGroups']).map(groupOf)),
  },
  targets: {
    operation: 'elasticloadbalancing:DescribeTargetHealth',
    needs: ['services'],
    calls: ({ inventory, service }, { services }) => {
      const groups = services.find(({ name }) => name === inventory.services[service])?.targetGroups ?? [];
      return groups.length === 0 ? null : groups.map(({ arn }) => ({ TargetGroupArn: arn }));
    },
    read: (answers, { inventory, service }, { services }) => {
      const groups = services.find(({ name }) => name === inventory.services[service])?.targetGroups ?? [];
      return answers.flatMap((answer, index) =>
        list(answer, ['TargetHealthDescriptions']).map((one) => ({
          group: groups[index]?.arn ?? '',
          id: text(one, 'Target', 'Id'),
          port: child(one, 'Target', 'Port') === undefined ? null : number(one, 'Target', 'Port'),
          state: text(one, 'TargetHealth', 'State'),
          reason: optional(one, 'TargetHealth', 'Reason'),
          description: optional(one, 'TargetHealth', 'Description'),
        })),
      );
    },
  },
};
