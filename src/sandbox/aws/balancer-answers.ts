import { balancerDnsName } from '../balancers.ts';
import { type AwsAction, type AwsInventory, type AwsListener, balancerNames, groupNames, vpc } from './inventory.ts';
import {
  balancerArn,
  certificateArn,
  groupArn,
  groupLabels,
  listenerArn,
  NoSuchResource,
  publicSubnets,
  type XmlAnswers,
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

/** Answers of Elastic Load Balancing. */
export const balancerAnswers: XmlAnswers = {
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
  DescribeListenerCertificates: (_, { ListenerArn }) => ({
    Certificates: {
      member: String(ListenerArn).endsWith('/443') ? [{ CertificateArn: certificateArn, IsDefault: 'true' }] : [],
    },
  }),
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
};
