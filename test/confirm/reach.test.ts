import { describe, expect, test } from 'vitest';
import { allowedBy, type Peer, withPrefixLists } from '../../src/confirm/reach.ts';
import type { Permission, SecurityGroup } from '../../src/confirm/resources.ts';

const permission = (from: Partial<Permission>): Permission => ({
  protocol: 'tcp',
  from: 8_000,
  to: 8_000,
  cidrs: [],
  groups: [],
  prefixLists: [],
  ...from,
});

const group = (...ingress: readonly Permission[]): SecurityGroup => ({
  id: 'sg-1',
  name: 'one',
  vpc: 'vpc-1',
  ingress,
  egress: [],
});

const balancer: Peer = { groups: ['sg-balancer'], addresses: ['10.0.1.5', '10.0.1.6'] };
const world: Peer = { groups: [], addresses: 'world' };

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
    ['a network without any sender', [permission({ cidrs: ['10.9.0.0/16'] })], balancer, 'no'],
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

test('a prefix list counts as its networks when its entries are known', () => {
  const rule = permission({ prefixLists: ['pl-1'] });
  const with1 = (cidr: string) =>
    allowedBy(withPrefixLists([group(rule)], [{ id: 'pl-1', cidrs: [cidr] }]), ['sg-1'], {
      direction: 'ingress',
      port: 8_000,
      peer: balancer,
    });

  expect([with1('10.0.1.0/24'), with1('192.0.2.0/24'), with1('10.0.1.5/32')]).toEqual(['yes', 'no', 'unclear']);
});
