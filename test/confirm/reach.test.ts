import { describe, expect, test } from 'vitest';
import { aclsAllowAll, allowedBy, type Peer } from '../../src/confirm/reach.ts';
import type { AclEntry, NetworkAcl, Permission, SecurityGroup } from '../../src/confirm/resources.ts';

const permission = (from: Partial<Permission>): Permission => ({
  protocol: 'tcp',
  from: 8_000,
  to: 8_000,
  cidrs: [],
  groups: [],
  prefixLists: [],
  ...from,
});

const group = (...ingress: readonly Permission[]): SecurityGroup => ({ id: 'sg-1', name: 'one', ingress, egress: [] });

const balancer: Peer = { kind: 'members', groups: ['sg-balancer'], addresses: ['10.0.1.5', '10.0.1.6'] };
const world: Peer = { kind: 'world' };

const into = (all: readonly Permission[], peer: Peer, port = 8_000) =>
  allowedBy([group(...all)], ['sg-1'], { direction: 'ingress', port, peer });

describe('a port of a security group', () => {
  test.for([
    ['no rule', [], balancer, 'no'],
    ['the group of the sender', [permission({ groups: ['sg-balancer'] })], balancer, 'yes'],
    ['another group', [permission({ groups: ['sg-other'] })], balancer, 'no'],
    [
      'all traffic from the group',
      [permission({ protocol: '-1', from: null, to: null, groups: ['sg-balancer'] })],
      balancer,
      'yes',
    ],
    ['another protocol', [permission({ protocol: 'udp', groups: ['sg-balancer'] })], balancer, 'no'],
    ['another port', [permission({ from: 1, to: 7_999, groups: ['sg-balancer'] })], balancer, 'no'],
    ['a range around the port', [permission({ from: 1, to: 65_535, groups: ['sg-balancer'] })], balancer, 'yes'],
    ['a network with all senders', [permission({ cidrs: ['10.0.1.0/24'] })], balancer, 'yes'],
    ['a network with some senders', [permission({ cidrs: ['10.0.1.4/31'] })], balancer, 'unclear'],
    [
      'a network, and the senders are not known',
      [permission({ cidrs: ['10.0.0.0/8'] })],
      { ...balancer, addresses: [] },
      'unclear',
    ],
    ['a prefix list', [permission({ prefixLists: ['pl-1'] })], balancer, 'unclear'],
    ['everybody', [permission({ cidrs: ['0.0.0.0/0'] })], world, 'yes'],
    ['everybody over IPv6', [permission({ cidrs: ['::/0'] })], world, 'yes'],
    ['an office only', [permission({ cidrs: ['203.0.113.0/24'] })], world, 'unclear'],
    ['a group only, asked for the world', [permission({ groups: ['sg-balancer'] })], world, 'no'],
  ] as const)('%s', ([, rules, peer, expected]) => {
    expect(into(rules, peer)).toBe(expected);
  });

  test('of a group that AWS did not list is unclear, and so is one without groups', () => {
    expect(allowedBy([], ['sg-1'], { direction: 'ingress', port: 443, peer: world })).toBe('unclear');
    expect(allowedBy([group()], [], { direction: 'ingress', port: 443, peer: world })).toBe('unclear');
  });
});

const entry = (changes: Partial<AclEntry>): AclEntry => ({
  ...{ number: 100, isEgress: false, allows: true, protocol: '-1', from: null, to: null, cidr: '0.0.0.0/0' },
  ...changes,
});
const acl = (...entries: readonly AclEntry[]): NetworkAcl => ({
  id: 'acl-1',
  isDefault: true,
  subnets: ['a'],
  entries,
});

test('network ACLs let all pass only if their first rules in both directions do', () => {
  const open = [entry({}), entry({ isEgress: true })];

  expect(aclsAllowAll([acl(...open)], ['a', 'b'])).toBe(true);
  expect(aclsAllowAll([acl(...open, entry({ number: 50, allows: false }))], ['a'])).toBe(false);
  expect(aclsAllowAll([acl(entry({}))], ['a'])).toBe(false);
  expect(aclsAllowAll([acl(...open.map((one) => ({ ...one, protocol: '6' })))], ['a'])).toBe(false);
  expect(aclsAllowAll([], ['a'])).toBe(false);
});
