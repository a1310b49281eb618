import { vpc } from './inventory.ts';
import { NoSuchResource, privateSubnets, publicSubnets, storeSubnets, type XmlAnswers } from './resources.ts';
import type { XmlContent } from './xml.ts';

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

/** Answers of EC2 about the network. */
export const networkAnswers: XmlAnswers = {
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
};
