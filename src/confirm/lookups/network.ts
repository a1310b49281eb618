import type { Params } from '../client.ts';
import type { SomeLookups } from '../lookup.ts';
import type { AclEntry, NetworkAcl, Permission, Place, SecurityGroup } from '../resources.ts';
import { child, list, number, optional, optionalList, type Tree, text } from '../tree.ts';

const port = (tree: Tree, name: string): number | null => (child(tree, name) === undefined ? null : number(tree, name));

const permissionOf = (tree: Tree): Permission => ({
  protocol: text(tree, 'ipProtocol'),
  from: port(tree, 'fromPort'),
  to: port(tree, 'toPort'),
  cidrs: [
    ...optionalList(tree, ['ipRanges']).map((one) => text(one, 'cidrIp')),
    ...optionalList(tree, ['ipv6Ranges']).map((one) => text(one, 'cidrIpv6')),
  ],
  groups: optionalList(tree, ['groups']).map((one) => text(one, 'groupId')),
  prefixLists: optionalList(tree, ['prefixListIds']).map((one) => text(one, 'prefixListId')),
});

const groupOf = (tree: Tree): SecurityGroup => ({
  id: text(tree, 'groupId'),
  name: text(tree, 'groupName'),
  vpc: optional(tree, 'vpcId') ?? '',
  ingress: list(tree, ['ipPermissions']).map(permissionOf),
  egress: list(tree, ['ipPermissionsEgress']).map(permissionOf),
});

const entryOf = (tree: Tree): AclEntry => ({
  number: number(tree, 'ruleNumber'),
  isEgress: text(tree, 'egress') === 'true',
  allows: text(tree, 'ruleAction') === 'allow',
  protocol: text(tree, 'protocol'),
  from: child(tree, 'portRange') === undefined ? null : number(tree, 'portRange', 'from'),
  to: child(tree, 'portRange') === undefined ? null : number(tree, 'portRange', 'to'),
  cidr: optional(tree, 'cidrBlock') ?? optional(tree, 'ipv6CidrBlock'),
});

const aclOf = (tree: Tree): NetworkAcl => ({
  id: text(tree, 'networkAclId'),
  isDefault: text(tree, 'default') === 'true',
  subnets: optionalList(tree, ['associationSet']).map((one) => text(one, 'subnetId')),
  entries: list(tree, ['entrySet']).map(entryOf),
});

/** Of a subnet group of a database or a cache. */
export const placeIn = (group: Tree): Place => ({
  vpc: text(group, 'VpcId'),
  subnets: list(group, ['Subnets'], 'Subnet').map((one) => text(one, 'SubnetIdentifier')),
});

const numbered = (name: string, values: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]));

export const groupsById = (ids: readonly string[]): readonly Params[] | null =>
  ids.length === 0 ? null : [numbered('GroupId', [...new Set(ids)])];

export const groupsIn = (answers: readonly Tree[]): readonly SecurityGroup[] =>
  answers.flatMap((answer) => list(answer, ['securityGroupInfo']).map(groupOf));

const prefixListIds = (groups: readonly SecurityGroup[]): readonly string[] => [
  ...new Set(groups.flatMap(({ ingress, egress }) => [...ingress, ...egress].flatMap((one) => one.prefixLists))),
];

export const networkLookups: SomeLookups<'securityGroups' | 'databaseGroups' | 'networkAcls' | 'prefixLists'> = {
  securityGroups: {
    operation: 'ec2:DescribeSecurityGroups',
    needs: ['balancer', 'services'],
    calls: (_, { balancer, services }) =>
      groupsById([...balancer.securityGroups, ...services.flatMap(({ securityGroups }) => securityGroups)]),
    read: groupsIn,
  },
  databaseGroups: {
    operation: 'ec2:DescribeSecurityGroups',
    needs: ['database'],
    calls: (_, { database }) => groupsById(database.securityGroups),
    read: groupsIn,
  },
  networkAcls: {
    operation: 'ec2:DescribeNetworkAcls',
    needs: ['balancer'],
    calls: (_, { balancer }) =>
      balancer.vpc === '' ? null : [{ 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': balancer.vpc }],
    read: (answers) => answers.flatMap((answer) => list(answer, ['networkAclSet']).map(aclOf)),
  },
  prefixLists: {
    operation: 'ec2:GetManagedPrefixListEntries',
    needs: ['securityGroups'],
    calls: (_, { securityGroups }) => prefixListIds(securityGroups).map((PrefixListId) => ({ PrefixListId })),
    paging: { parameter: 'NextToken', path: ['nextToken'] },
    read: (_, __, { securityGroups }, perCall) =>
      prefixListIds(securityGroups).map((id, index) => ({
        id,
        cidrs: (perCall[index] ?? []).flatMap((answer) => list(answer, ['entrySet']).map((one) => text(one, 'cidr'))),
      })),
  },
};
