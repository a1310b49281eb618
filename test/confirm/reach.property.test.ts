import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aclsAllow } from '../../src/confirm/acl.ts';
import { type Allowed, allowedBy, every } from '../../src/confirm/reach.ts';
import type { AclEntry, NetworkAcl, Permission, SecurityGroup } from '../../src/confirm/resources.ts';
import { connectsByAcls, connectsByGroups, type Host } from './packets.ts';

const port = 8_000;
const ports = fc.constantFrom<readonly [number | null, number | null]>(
  [port, port],
  [0, 65_535],
  [null, null],
  [1_024, 65_535],
  [443, 443],
  [7_000, 7_999],
  [1_024, 7_999],
);
const cidr = fc.constantFrom('0.0.0.0/0', '10.0.0.0/16', '10.0.1.0/24', '10.0.2.0/24', '10.0.1.4/31', '192.0.2.0/24');
const groupId = fc.constantFrom('sg-a', 'sg-b', 'sg-c');

const permission: fc.Arbitrary<Permission> = fc
  .record({
    protocol: fc.constantFrom('tcp', 'udp', '-1'),
    range: ports,
    cidrs: fc.array(cidr, { maxLength: 2 }),
    groups: fc.array(groupId, { maxLength: 1 }),
  })
  .map(({ range: [from, to], ...rest }) => ({ ...rest, from, to, prefixLists: [] }));

const group = (id: string): fc.Arbitrary<SecurityGroup> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constant(id),
    vpc: fc.constant('vpc'),
    ingress: fc.array(permission, { maxLength: 3 }),
    egress: fc.array(permission, { maxLength: 3 }),
  });
const groups = fc.tuple(group('sg-a'), group('sg-b'), group('sg-c'));

const entry: fc.Arbitrary<AclEntry> = fc
  .record({
    number: fc.integer({ min: 1, max: 32_766 }),
    isEgress: fc.boolean(),
    allows: fc.constantFrom(true, true, true, false),
    protocol: fc.constantFrom('-1', '6', '17'),
    range: ports,
    cidr,
  })
  .map(({ range: [from, to], ...rest }) => ({ ...rest, from, to }));
const entries = fc.uniqueArray(entry, { maxLength: 6, selector: ({ number }) => number });
const acls = fc.tuple(entries, entries).map(([one, other]): readonly NetworkAcl[] => [
  { id: 'acl-1', isDefault: true, subnets: ['1'], entries: one },
  { id: 'acl-2', isDefault: false, subnets: ['2'], entries: other },
]);

/** The third number of an address is its subnet. */
const hosts = (subnet: string, own: readonly string[]): fc.Arbitrary<readonly Host[]> =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 })
    .map((all) => all.map((last) => ({ address: `10.0.${subnet}.${last}`, subnet, groups: own })));

const addressesOf = (all: readonly Host[]): readonly string[] => all.map(({ address }) => address);

/** `yes` and `no` must hold for every pair. */
const holds = (said: Allowed, connects: readonly boolean[]): void => {
  if (said === 'yes') expect(connects).not.toContain(false);
  if (said === 'no') expect(connects).not.toContain(true);
};

test('what security groups are said to allow or stop is what they do to each packet', () => {
  fc.assert(
    fc.property(
      groups,
      fc.subarray(['sg-a', 'sg-b'], { minLength: 1 }).chain((own) => hosts('1', own)),
      fc.subarray(['sg-b', 'sg-c'], { minLength: 1 }).chain((own) => hosts('2', own)),
      fc.boolean(),
      (all, senders, receivers, isKnown) => {
        const peer = (of: readonly Host[]) => ({
          groups: of[0]?.groups ?? [],
          addresses: isKnown ? addressesOf(of) : [],
        });
        const said = every([
          allowedBy(all, senders[0]?.groups ?? [], { direction: 'egress', port, peer: peer(receivers) }),
          allowedBy(all, receivers[0]?.groups ?? [], { direction: 'ingress', port, peer: peer(senders) }),
        ]);

        holds(
          said,
          senders.flatMap((from) => receivers.map((to) => connectsByGroups(all, from, to, port))),
        );
      },
    ),
    { numRuns: 2_000 },
  );
});

test('what network ACLs are said to allow or stop is what they do to each packet and its answer', () => {
  fc.assert(
    fc.property(
      acls,
      hosts('1', []),
      fc.constantFrom('1', '2').chain((subnet) => hosts(subnet, [])),
      fc.boolean(),
      (all, senders, receivers, isKnown) => {
        const end = (of: readonly Host[]) => ({
          subnets: [...new Set(of.map(({ subnet }) => subnet))],
          addresses: isKnown ? addressesOf(of) : [],
        });
        const said = aclsAllow(all, end(senders), end(receivers), port);

        const connects = [1_024, 7_999, 8_000, 40_000, 65_535].flatMap((clientPort) =>
          senders.flatMap((from) => receivers.map((to) => connectsByAcls(all, from, to, { port, clientPort }))),
        );
        holds(said, connects);
      },
    ),
    { numRuns: 2_000 },
  );
});

const one = (subnet: string, groupIds: readonly string[]): Host => ({
  address: `10.0.${subnet}.1`,
  subnet,
  groups: groupIds,
});

test('security groups are always decided about two known addresses', () => {
  const [from, to] = [one('1', ['sg-a']), one('2', ['sg-b', 'sg-c'])];
  fc.assert(
    fc.property(groups, (all) => {
      const peer = ({ groups: own, address }: Host) => ({ groups: own, addresses: [address] });
      const said = every([
        allowedBy(all, from.groups, { direction: 'egress', port, peer: peer(to) }),
        allowedBy(all, to.groups, { direction: 'ingress', port, peer: peer(from) }),
      ]);

      expect(said).toBe(connectsByGroups(all, from, to, port) ? 'yes' : 'no');
    }),
    { numRuns: 2_000 },
  );
});

test('network ACLs are mostly decided about them', () => {
  const said = fc
    .sample(acls, { numRuns: 1_000, seed: 1 })
    .map((all) =>
      aclsAllow(all, { subnets: ['1'], addresses: ['10.0.1.1'] }, { subnets: ['2'], addresses: ['10.0.2.1'] }, port),
    );

  expect(said.filter((answer) => answer === 'unclear').length).toBeLessThan(said.length / 4);
  expect(said).toContain('yes');
  expect(said).toContain('no');
});
