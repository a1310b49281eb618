import * as packet from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { createResolver } from '../../src/probe/resolve.ts';
import { type Asked, withNameServer } from '../support/name-server.ts';
import { dnsTarget, lookUp, outcomeWith, testLimits, toolsWith } from '../support/probing.ts';
import { against, healthy, inZone, name, passes, silent } from './names.ts';

const soa: packet.Answer = {
  type: 'SOA',
  name: 'test',
  ttl: 60,
  data: { mname: 'ns.test', rname: 'hostmaster.test', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
};

describe('DNS names', () => {
  it('a name with an address passes, and its CNAME chain is evidence', async () => {
    const outcome = await inZone({
      [name]: { kind: 'alias', name: 'Second.test' },
      'second.test': { kind: 'alias', name: 'balancer.elb.amazonaws.com' },
      'balancer.elb.amazonaws.com': { kind: 'addresses', addresses: ['127.0.0.1'] },
    });
    expect(outcome.status).toBe('pass');
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'second.test', 'balancer.elb.amazonaws.com']);
  });

  it('a chain to another balancer is reported', async () => {
    const outcome = await inZone(
      {
        [name]: { kind: 'alias', name: 'other.elb.amazonaws.com' },
        'other.elb.amazonaws.com': { kind: 'addresses', addresses: ['127.0.0.1'] },
      },
      { balancer: 'registry-*.elb.amazonaws.com' },
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-unexpected-target', hop: 'dns' });
    expect(outcome.evidence.summary).toContain('other.elb.amazonaws.com');
  });

  it('an alias that the zone resolves itself shows no chain, and passes', async () => {
    const outcome = await inZone(
      { [name]: { kind: 'addresses', addresses: ['127.0.0.1'] } },
      { balancer: 'registry-*.elb.amazonaws.com' },
    );
    expect(outcome.status).toBe('pass');
  });

  it.each([
    ['dns-nxdomain', {}],
    ['dns-servfail', { [name]: { kind: 'servfail' } }],
    ['dns-refused', { [name]: { kind: 'refused' } }],
    ['dns-no-address', { [name]: { kind: 'empty' } }],
    ['dns-timeout', { [name]: { kind: 'silent' } }],
  ] as const)('%s', async (mode, zone) => {
    expect(await inZone(zone)).toMatchObject({ status: 'fail', failureMode: mode, phase: 'resolve' });
  });

  it('addresses of both families are evidence, alternating from IPv6, as many as are tried', async () => {
    const many = Array.from({ length: 500 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    const outcome = await inZone({ [name]: { kind: 'addresses', addresses: [...many, '2001:db8::1', '::ffff:0:1'] } });
    expect(outcome.evidence.resolution?.addresses).toEqual([
      ...['2001:db8::1', '10.0.0.0', '::ffff:0:1', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'],
    ]);
  });

  it('two names that point to each other are a name without an address, with the loop as evidence', async () => {
    const outcome = await inZone({
      [name]: { kind: 'alias', name: 'second.test' },
      'second.test': { kind: 'alias', name },
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-no-address' });
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'second.test', name]);
  });

  it('an alias with a missing target is reported with its chain', async () => {
    const outcome = await inZone({ [name]: { kind: 'alias', name: 'gone.elb.amazonaws.com' } });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-nxdomain' });
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'gone.elb.amazonaws.com']);
  });

  it('a name that DNS cannot represent does not exist', async () => {
    for (const impossible of [`${'a'.repeat(64)}.test`, `${'a.'.repeat(130)}test`, 'a..test'])
      expect(await inZone({}, { name: impossible })).toMatchObject({ status: 'fail', failureMode: 'dns-nxdomain' });
  });

  it('a name is equal in capitals and with a trailing dot', async () => {
    expect(
      await inZone({ [name]: { kind: 'addresses', addresses: ['127.0.0.1'] } }, { name: 'HOST.Test.' }),
    ).toMatchObject(passes);
  });

  it('an IPv4 lookup sends two queries, and the chain comes from the same responses', async () => {
    const zone = packet.AUTHORITATIVE_ANSWER;
    await withNameServer(
      (asked) =>
        asked.send(
          asked.response({
            flags: zone,
            answers: [
              { type: 'CNAME', name, ttl: 1, data: 'other.test' },
              ...(asked.type === 'A' ? [{ type: 'A' as const, name: 'other.test', ttl: 1, data: '127.0.0.1' }] : []),
            ],
            authorities: asked.type === 'A' ? [] : [soa],
          }),
        ),
      async ({ at, asked }) => {
        const outcome = await lookUp([at]);
        expect(outcome.evidence.resolution?.chain).toEqual([name, 'other.test']);
        expect(asked.map(({ type }) => type).sort()).toEqual(['A', 'AAAA']);
      },
    );
  });
});

describe.concurrent('the DNS limit', () => {
  it('applies to a silent name server, and the summary names the server', async () => {
    await withNameServer(silent, async ({ at }) => {
      const outcome = await lookUp([at]);
      expect(outcome).toMatchObject({ failureMode: 'dns-timeout', evidence: { code: 'LIMIT_PHASE' } });
      // Timers count in whole milliseconds.
      expect(outcome.timingsMs.resolve).toBeGreaterThanOrEqual(testLimits.resolveMs - 1);
      expect(outcome.evidence.summary).toContain(`from ${at}`);
      expect(outcome.evidence.resolution?.failures.map(({ code }) => code)).toEqual(['ETIMEOUT', 'ETIMEOUT']);
    });
  });

  it.each([0.1, 0.3, 0.6, 0.9])('is not reached by a server that responds after %s of it', async (share) => {
    const late = (asked: Asked): void => void setTimeout(() => healthy(asked), share * testLimits.resolveMs);
    expect(await against(late)).toMatchObject(passes);
  });

  it("is the target's own limit when that is shorter", async () => {
    const outcome = await withNameServer(silent, ({ at }) => lookUp([at], { timeoutMs: 300 }));
    expect(outcome).toMatchObject({ failureMode: 'dns-timeout', evidence: { code: 'LIMIT_TOTAL' } });
  });

  it('of the cycle makes pending lookups inconclusive, even if one family is done', async () => {
    const halfway = (asked: Asked): void => {
      if (asked.type === 'AAAA') asked.send(asked.error('servfail'));
    };
    const outcome = await withNameServer(halfway, ({ at }) => {
      const resolver = createResolver([at], testLimits);
      return outcomeWith(dnsTarget(), toolsWith({ resolver, cycleEndsAt: performance.now() + 300 }));
    });
    expect(outcome).toMatchObject({ status: 'inconclusive', failureMode: 'deadline-exceeded' });
  });

  it('leaves time to resend a lost packet', async () => {
    const seen = new Map<string, number>();
    const third = (asked: Asked): void => {
      seen.set(asked.type, (seen.get(asked.type) ?? 0) + 1);
      if (asked.protocol === 'udp' && (seen.get(asked.type) ?? 0) > 1) healthy(asked);
    };
    expect(await against(third)).toMatchObject(passes);
  });

  it('closes all sockets, and no further query is sent', async () => {
    await withNameServer(silent, async ({ at, asked }) => {
      await lookUp([at], { timeoutMs: 300 });
      const before = asked.length;
      await lookUp([at], { timeoutMs: 300, name: 'other.test' });
      expect(asked.slice(before).map((one) => one.name)).not.toContain(name);
    });
  });
});
