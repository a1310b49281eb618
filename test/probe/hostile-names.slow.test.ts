import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import * as packet from 'dns-packet';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/report.ts';
import type { DnsTarget } from '../../src/model/target.ts';
import { createResolver } from '../../src/probe/resolve.ts';
import { DnsServer } from '../../src/sandbox/network/dns-server.ts';
import type { ZoneEntry } from '../../src/sandbox/network/dns-zone.ts';
import {
  type Asked,
  framed,
  garbageFor,
  type NameServerOptions,
  type RunningNameServer,
  startNameServer,
  withNameServer,
} from '../support/name-server.ts';
import { dnsTarget, lookUp, outcomeWith, testKey, testLimits, toolsWith } from '../support/probing.ts';

const name = 'host.test';

const inZone = async (
  zone: Readonly<Record<string, ZoneEntry>>,
  changes: Partial<DnsTarget> = {},
): Promise<Outcome> => {
  const server = await DnsServer.start();
  for (const [entry, value] of Object.entries(zone)) server.set(entry, value);
  try {
    return await lookUp([`127.0.0.1:${server.port}`], changes);
  } finally {
    await server.close();
  }
};

const against = (answer: (asked: Asked) => void, options?: NameServerOptions): Promise<Outcome> =>
  withNameServer(answer, ({ at }) => lookUp([at]), options);

/** What a healthy name server says of an IPv4 host. */
const healthy = (asked: Asked): void =>
  asked.send(asked.type === 'A' ? asked.addresses('127.0.0.1') : asked.addresses());
const silent = (): void => undefined;

const passes = { status: 'pass', evidence: { resolution: { addresses: ['127.0.0.1'] } } };

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

const soa: packet.Answer = {
  type: 'SOA',
  name: 'test',
  ttl: 60,
  data: { mname: 'ns.test', rname: 'hostmaster.test', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
};

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

describe.concurrent('misbehaving name servers', () => {
  it('an endless chain of new names stops', async () => {
    let made = 0;
    const outcome = await against((asked) => {
      made += 1;
      asked.send(asked.response({ answers: [{ type: 'CNAME', name: asked.name, ttl: 1, data: `n${made}.test` }] }));
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-no-address' });
  });

  it('a chain of hundreds of names in one response is not followed to its end', async () => {
    const answers = Array.from({ length: 300 }, (_, i) => ({
      type: 'CNAME' as const,
      name: i === 0 ? name : `n${i}.test`,
      ttl: 1,
      data: `n${i + 1}.test`,
    }));
    const outcome = await against((asked) => asked.send(asked.response({ answers })));
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-no-address' });
    expect(outcome.evidence.resolution?.chain.length).toBeLessThan(20);
  });

  it('an alias that the server does not resolve is looked up', async () => {
    const outcome = await against((asked) =>
      asked.name === name
        ? asked.send(asked.response({ answers: [{ type: 'CNAME', name, ttl: 1, data: 'Other.Test' }] }))
        : healthy(asked),
    );
    expect(outcome).toMatchObject(passes);
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'other.test']);
  });

  it('addresses for another name are ignored', async () => {
    const outcome = await against((asked) =>
      asked.send(asked.response({ answers: [{ type: 'A', name: 'other.test', ttl: 1, data: '127.0.0.1' }] })),
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-no-address' });
  });

  it('a response with a forged id counts as silence', async () => {
    const outcome = await against((asked) => {
      const id = ((asked.query.id ?? 0) + 1) & 0xffff;
      asked.send(asked.response({ id, answers: [{ type: 'A', name, ttl: 60, data: '127.0.0.1' }] }));
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-timeout' });
  });

  it('thousands of forged responses before the right one do not hide it', async () => {
    const repeated: NodeJS.Timeout[] = [];
    const outcome = await against((asked) => {
      for (let i = 1; i <= 2_000; i += 1)
        asked.send(asked.response({ id: ((asked.query.id ?? 0) + i) & 0xffff, flags: 3 | packet.RECURSION_AVAILABLE }));
      // Again and again: the kernel drops what a full buffer cannot take, the right one too.
      repeated.push(setInterval(() => healthy(asked), 50));
    });
    for (const timer of repeated) clearInterval(timer);
    expect(outcome).toMatchObject(passes);
  });

  it('a response from another address is ignored', async () => {
    const elsewhere = createSocket('udp4');
    await new Promise<void>((resolve) => elsewhere.bind(0, '127.0.0.2', resolve));
    const outcome = await against((asked) =>
      elsewhere.send(asked.addresses('127.0.0.1'), asked.from.port, asked.from.address),
    );
    elsewhere.close();
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-timeout' });
  });

  it.each<[string, (asked: Asked) => Buffer]>([
    ['garbage', garbageFor],
    ['the query itself', ({ query }) => packet.encode(query)],
    ['HTTP', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['nothing at all', () => Buffer.alloc(0)],
    ['an answer to another question', (asked) => asked.response({ questions: [{ type: 'A', name: 'other.test' }] })],
    ['an answer for another type', (asked) => asked.response({ questions: [{ type: 'MX', name }] })],
    ['an answer that breaks off', (asked) => asked.addresses('127.0.0.1').subarray(0, -2)],
    ['an answer without its question', (asked) => asked.response({ questions: [] })],
  ])('%s instead of a response is a failure of the name server, not silence', async (_, bytes) => {
    const outcome = await against((asked) => asked.send(bytes(asked)));
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code: 'EBADRESP' } });
  });

  it('garbage and duplicates do not spoil the right response', async () => {
    const outcome = await against((asked) => {
      asked.send(garbageFor(asked));
      asked.send(garbageFor(asked, 1_200));
      healthy(asked);
      healthy(asked);
    });
    expect(outcome).toMatchObject(passes);
  });

  it('circular compression ends', async () => {
    const outcome = await against((asked) => {
      const looped = asked.response({ answers: [{ type: 'CNAME', name, ttl: 1, data: 'x' }] });
      looped.writeUInt16BE(0xc000 | (looped.length - 3), looped.length - 3);
      asked.send(looped);
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code: 'EBADRESP' } });
  });

  it.each(['formerr', 'notimp'] as const)('a server that answers EDNS with %s is queried without it', async (error) => {
    const old = (asked: Asked): void => {
      if ((asked.query.additionals?.length ?? 0) === 0) return healthy(asked);
      asked.send(asked.error(error));
      // A double of it is no answer to the second query.
      asked.send(asked.error(error));
    };
    expect(await against(old)).toMatchObject(passes);
  });

  it('a middlebox that drops EDNS does not break the lookup', async () => {
    const old = (asked: Asked): void => {
      if ((asked.query.additionals?.length ?? 0) === 0) healthy(asked);
    };
    expect(await against(old)).toMatchObject(passes);
  });

  it.each([
    ['formerr', 'EFORMERR'],
    ['notimp', 'ENOTIMP'],
    ['notauth', 'ERCODE9'],
  ] as const)('%s is a failure of the name server, with its code', async (error, code) => {
    const outcome = await against((asked) => asked.send(asked.error(error)));
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code } });
  });

  it('a referral to other servers does not mean that the name has no address', async () => {
    const outcome = await against((asked) =>
      asked.send(asked.response({ authorities: [{ type: 'NS', name: 'test', ttl: 1, data: 'ns.test' }] })),
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code: 'EREFERRAL' } });
  });

  const explaining = (code: number, text: string) => (asked: Asked) => {
    const option = Buffer.concat([Buffer.from([0, code]), Buffer.from(text)]);
    const extension = {
      ...{ type: 'OPT', name: '.', udpPayloadSize: 1_232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false },
      options: [{ code: 15, data: option }],
    };
    asked.send(
      asked.response({
        flags: packet.RECURSION_AVAILABLE | 2,
        additionals: [extension as unknown as packet.OptAnswer],
      }),
    );
  };

  it("a name server's own explanation is in the summary, on one line and shortened", async () => {
    const outcome = await against(explaining(9, `no SEP matching the DS\nfound for host.test ${'x'.repeat(1_000)}`));
    expect(outcome).toMatchObject({ failureMode: 'dns-servfail', evidence: { code: 'ESERVFAIL' } });
    const { summary, resolution } = outcome.evidence;
    expect(summary).toContain('ESERVFAIL (EDE 9 DNSKEY Missing: no SEP matching the DS found for host.test xxx');
    expect(summary.length).toBeLessThan(400);
    expect(resolution?.failures[0]?.explanation).toMatch(/^EDE 9 DNSKEY Missing: no SEP/);
  });

  it('a key in that explanation appears nowhere in the evidence', async () => {
    const outcome = await against(explaining(0, `refused for ${testKey}`));
    expect(outcome.evidence.summary).toContain('EDE 0: refused for');
    expect(JSON.stringify(outcome)).not.toContain(testKey);
  });
});

describe.concurrent('TCP', () => {
  const truncated = (asked: Asked): void =>
    asked.protocol === 'tcp'
      ? healthy(asked)
      : asked.send(asked.response({ flags: packet.RECURSION_AVAILABLE | packet.TRUNCATED_RESPONSE }));

  it('carries responses that do not fit over UDP', async () => {
    expect(await against(truncated)).toMatchObject(passes);
  });

  it.each([
    ['cut within a record', -3],
    ['cut after the question', -16],
  ])('carries them also when the truncated response is %s', async (_, end) => {
    const outcome = await against((asked) => {
      if (asked.protocol === 'tcp') return healthy(asked);
      const cut = Buffer.from(asked.addresses('127.0.0.1').subarray(0, end));
      cut.writeUInt16BE(cut.readUInt16BE(2) | packet.TRUNCATED_RESPONSE, 2);
      asked.send(cut);
    });
    expect(outcome).toMatchObject(passes);
  });

  it('carries a response of 64 KB, also in pieces', async () => {
    const records = Array.from({ length: 1_900 }, () => ({ type: 'A' as const, name, ttl: 60, data: '127.0.0.1' }));
    const outcome = await against((asked) => {
      if (asked.protocol === 'udp') return truncated(asked);
      const whole = framed(asked.response({ answers: asked.type === 'A' ? records : [] }));
      for (let at = 0; at < whole.length; at += 1_000) asked.write(whole.subarray(at, at + 1_000));
    });
    expect(outcome.status).toBe('pass');
    expect(outcome.evidence.resolution?.addresses).toHaveLength(testLimits.addresses);
  });

  it('that closes after a truncated response is reported, not called silence', async () => {
    const outcome = await against(truncated, { only: 'udp' });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code: 'ETRUNCATED' } });
  });

  it('that stays silent after a truncated response is reported in the same way', async () => {
    const outcome = await against((asked) => (asked.protocol === 'udp' ? truncated(asked) : undefined));
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code: 'ETRUNCATED' } });
  });

  it('is used when the server or a middlebox drops UDP', async () => {
    expect(await against(healthy, { only: 'tcp' })).toMatchObject(passes);
    expect(await against((asked) => (asked.protocol === 'tcp' ? healthy(asked) : undefined))).toMatchObject(passes);
  });
});

describe.concurrent('several name servers', () => {
  const both = async (first: RunningNameServer, second: RunningNameServer): Promise<Outcome> => {
    try {
      return await lookUp([first.at, second.at]);
    } finally {
      await Promise.all([first.close(), second.close()]);
    }
  };

  it.each<[string, (asked: Asked) => void]>([
    ['is silent', silent],
    ['fails', (asked) => asked.send(asked.error('servfail'))],
    ['refuses', (asked) => asked.send(asked.error('refused'))],
    ['sends garbage', (asked) => asked.send(garbageFor(asked))],
    [
      'only names others',
      (asked) => asked.send(asked.response({ authorities: [{ type: 'NS', name: 'test', data: 'ns.test' }] })),
    ],
  ])('use the second when the first %s', async (_, answer) => {
    expect(await both(await startNameServer(answer), await startNameServer(healthy))).toMatchObject(passes);
  });

  it('use the second when nothing listens on the first', async () => {
    const gone = await startNameServer(silent);
    await gone.close();
    const second = await startNameServer(healthy);
    expect(await lookUp([gone.at, second.at])).toMatchObject(passes);
    await second.close();
  });

  it('do not use the second when the first says that the name does not exist', async () => {
    const second = await startNameServer(healthy);
    const outcome = await both(await startNameServer((asked) => asked.send(asked.error('nxdomain'))), second);
    expect(outcome.failureMode).toBe('dns-nxdomain');
    expect(second.asked).toEqual([]);
  });

  it('use the first even if it responds after the second was queried', async () => {
    const late = (asked: Asked): void => void setTimeout(() => healthy(asked), testLimits.resolveMs / 2);
    expect(await both(await startNameServer(late), await startNameServer(silent))).toMatchObject(passes);
  });

  it('prefer a response to the silence of the other', async () => {
    const refusing = await startNameServer((asked) => asked.send(asked.error('refused')));
    expect(await both(refusing, await startNameServer(silent))).toMatchObject({ failureMode: 'dns-refused' });
  });

  it('are silent, at once, when none is there', async () => {
    const servers = [await startNameServer(silent), await startNameServer(silent)];
    await Promise.all(servers.map(({ close }) => close()));
    const outcome = await lookUp(servers.map(({ at }) => at));
    expect(outcome).toMatchObject({ failureMode: 'dns-timeout', evidence: { code: 'ECONNREFUSED' } });
  });
});

describe('addresses of name servers', () => {
  it('may be IPv6', async () => {
    expect(await against(healthy, { host: '::1' })).toMatchObject(passes);
    expect(
      await against((asked) => (asked.protocol === 'tcp' ? healthy(asked) : undefined), { host: '::1' }),
    ).toMatchObject(passes);
  });

  const scoped = Object.entries(networkInterfaces()).flatMap(([zone, addresses = []]) =>
    addresses.filter(({ address }) => address.startsWith('fe80:')).map(({ address }) => `${address}%${zone}`),
  );

  it.skipIf(scoped.length === 0)('may be link-local, with a zone', async () => {
    expect(await against(healthy, { host: scoped[0] ?? '' })).toMatchObject(passes);
  });

  it('may be unroutable, which is reported', async () => {
    const outcome = await lookUp(['[fe80::1%nowhere0]:53']);
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-timeout', evidence: { code: 'EINVAL' } });
  });
});
