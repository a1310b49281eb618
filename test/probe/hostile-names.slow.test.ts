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

describe('names', () => {
  it('a name with an address passes, and the chain of names to it is evidence', async () => {
    const outcome = await inZone({
      [name]: { kind: 'alias', name: 'Second.test' },
      'second.test': { kind: 'alias', name: 'balancer.elb.amazonaws.com' },
      'balancer.elb.amazonaws.com': { kind: 'addresses', addresses: ['127.0.0.1'] },
    });
    expect(outcome.status).toBe('pass');
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'second.test', 'balancer.elb.amazonaws.com']);
  });

  it('a chain to another balancer is told', async () => {
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

  it('addresses of both families are evidence, in turn and IPv6 first, as many as are tried', async () => {
    const many = Array.from({ length: 500 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    const outcome = await inZone({ [name]: { kind: 'addresses', addresses: [...many, '2001:db8::1', '::ffff:0:1'] } });
    expect(outcome.evidence.resolution?.addresses).toEqual([
      ...['2001:db8::1', '10.0.0.0', '::ffff:0:1', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'],
    ]);
  });

  it('two names that lead to each other end, as a name without an address, with the circle as evidence', async () => {
    const outcome = await inZone({
      [name]: { kind: 'alias', name: 'second.test' },
      'second.test': { kind: 'alias', name },
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-no-address' });
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'second.test', name]);
  });

  it('an alias whose target is gone is told with the chain to it', async () => {
    const outcome = await inZone({ [name]: { kind: 'alias', name: 'gone.elb.amazonaws.com' } });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-nxdomain' });
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'gone.elb.amazonaws.com']);
  });

  it('a name that DNS cannot hold does not exist', async () => {
    for (const impossible of [`${'a'.repeat(64)}.test`, `${'a.'.repeat(130)}test`, 'a..test'])
      expect(await inZone({}, { name: impossible })).toMatchObject({ status: 'fail', failureMode: 'dns-nxdomain' });
  });

  it('a name is the same in capitals, and with a dot at its end', async () => {
    expect(
      await inZone({ [name]: { kind: 'addresses', addresses: ['127.0.0.1'] } }, { name: 'HOST.Test.' }),
    ).toMatchObject(passes);
  });

  it('one lookup of an IPv4 name asks twice, and the chain is of the same answers', async () => {
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

describe.concurrent('the limit', () => {
  it('of a silent name server is waited for, and the summary names the server', async () => {
    await withNameServer(silent, async ({ at }) => {
      const outcome = await lookUp([at]);
      expect(outcome).toMatchObject({ failureMode: 'dns-timeout', evidence: { code: 'LIMIT_PHASE' } });
      // Timers count in whole milliseconds.
      expect(outcome.timingsMs.resolve).toBeGreaterThanOrEqual(testLimits.resolveMs - 1);
      expect(outcome.evidence.summary).toContain(`from ${at}`);
      expect(outcome.evidence.resolution?.failures.map(({ code }) => code)).toEqual(['ETIMEOUT', 'ETIMEOUT']);
    });
  });

  it.each([0.1, 0.3, 0.6, 0.9])('is not reached by a server that answers after %s of it', async (share) => {
    const late = (asked: Asked): void => void setTimeout(() => healthy(asked), share * testLimits.resolveMs);
    expect(await against(late)).toMatchObject(passes);
  });

  it('of the target counts where it is shorter', async () => {
    const outcome = await withNameServer(silent, ({ at }) => lookUp([at], { timeoutMs: 300 }));
    expect(outcome).toMatchObject({ failureMode: 'dns-timeout', evidence: { code: 'LIMIT_TOTAL' } });
  });

  it('of the cycle makes what was not answered unknown, though one family has been', async () => {
    const halfway = (asked: Asked): void => {
      if (asked.type === 'AAAA') asked.send(asked.error('servfail'));
    };
    const outcome = await withNameServer(halfway, ({ at }) => {
      const resolver = createResolver([at], testLimits);
      return outcomeWith(dnsTarget(), toolsWith({ resolver, cycleEndsAt: performance.now() + 300 }));
    });
    expect(outcome).toMatchObject({ status: 'inconclusive', failureMode: 'deadline-exceeded' });
  });

  it('leaves a lost packet time to be sent again', async () => {
    const seen = new Map<string, number>();
    const third = (asked: Asked): void => {
      seen.set(asked.type, (seen.get(asked.type) ?? 0) + 1);
      if (asked.protocol === 'udp' && (seen.get(asked.type) ?? 0) > 1) healthy(asked);
    };
    expect(await against(third)).toMatchObject(passes);
  });

  it('leaves sockets to nobody: after it nothing is asked any more', async () => {
    await withNameServer(silent, async ({ at, asked }) => {
      await lookUp([at], { timeoutMs: 300 });
      const before = asked.length;
      await lookUp([at], { timeoutMs: 300, name: 'other.test' });
      expect(asked.slice(before).map((one) => one.name)).not.toContain(name);
    });
  });
});

describe.concurrent('name servers that misbehave', () => {
  it('a chain of ever new names ends', async () => {
    let made = 0;
    const outcome = await against((asked) => {
      made += 1;
      asked.send(asked.response({ answers: [{ type: 'CNAME', name: asked.name, ttl: 1, data: `n${made}.test` }] }));
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-no-address' });
  });

  it('a chain of hundreds of names in one answer is not followed to its end', async () => {
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

  it('an alias that the server does not follow itself is asked for', async () => {
    const outcome = await against((asked) =>
      asked.name === name
        ? asked.send(asked.response({ answers: [{ type: 'CNAME', name, ttl: 1, data: 'Other.Test' }] }))
        : healthy(asked),
    );
    expect(outcome).toMatchObject(passes);
    expect(outcome.evidence.resolution?.chain).toEqual([name, 'other.test']);
  });

  it('addresses of a name that was not asked for are not taken', async () => {
    const outcome = await against((asked) =>
      asked.send(asked.response({ answers: [{ type: 'A', name: 'other.test', ttl: 1, data: '127.0.0.1' }] })),
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-no-address' });
  });

  it('an answer with a forged id is silence', async () => {
    const outcome = await against((asked) => {
      const id = ((asked.query.id ?? 0) + 1) & 0xffff;
      asked.send(asked.response({ id, answers: [{ type: 'A', name, ttl: 60, data: '127.0.0.1' }] }));
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-timeout' });
  });

  it('thousands of forged answers before the right one do not hide it', async () => {
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

  it('an answer from another address is not believed', async () => {
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
  ])('%s instead of an answer is a failure of the name server, and no silence', async (_, bytes) => {
    const outcome = await against((asked) => asked.send(bytes(asked)));
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code: 'EBADRESP' } });
  });

  it('garbage before the right answer does not spoil it, nor do doubles', async () => {
    const outcome = await against((asked) => {
      asked.send(garbageFor(asked));
      asked.send(garbageFor(asked, 1_200));
      healthy(asked);
      healthy(asked);
    });
    expect(outcome).toMatchObject(passes);
  });

  it('compression that leads in a circle ends', async () => {
    const outcome = await against((asked) => {
      const looped = asked.response({ answers: [{ type: 'CNAME', name, ttl: 1, data: 'x' }] });
      looped.writeUInt16BE(0xc000 | (looped.length - 3), looped.length - 3);
      asked.send(looped);
    });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code: 'EBADRESP' } });
  });

  it.each(['formerr', 'notimp'] as const)('a server that answers EDNS with %s is asked without', async (error) => {
    const old = (asked: Asked): void => {
      if ((asked.query.additionals?.length ?? 0) === 0) return healthy(asked);
      asked.send(asked.error(error));
      // A double of it is no answer to the second query.
      asked.send(asked.error(error));
    };
    expect(await against(old)).toMatchObject(passes);
  });

  it('a middlebox that drops EDNS does not stop it', async () => {
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

  it('a server that only names others does not say that there is no address', async () => {
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

  it('what a name server says of its failure is in the summary, in one line and cut', async () => {
    const outcome = await against(explaining(9, `no SEP matching the DS\nfound for host.test ${'x'.repeat(1_000)}`));
    expect(outcome).toMatchObject({ failureMode: 'dns-servfail', evidence: { code: 'ESERVFAIL' } });
    const { summary, resolution } = outcome.evidence;
    expect(summary).toContain('ESERVFAIL (EDE 9 DNSKEY Missing: no SEP matching the DS found for host.test xxx');
    expect(summary.length).toBeLessThan(400);
    expect(resolution?.failures[0]?.explanation).toMatch(/^EDE 9 DNSKEY Missing: no SEP/);
  });

  it('a key that a name server says is nowhere in the evidence', async () => {
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

  it('brings what does not fit over UDP', async () => {
    expect(await against(truncated)).toMatchObject(passes);
  });

  it.each([
    ['cut within a record', -3],
    ['cut after the question', -16],
  ])('also when the truncated answer is %s', async (_, end) => {
    const outcome = await against((asked) => {
      if (asked.protocol === 'tcp') return healthy(asked);
      const cut = Buffer.from(asked.addresses('127.0.0.1').subarray(0, end));
      cut.writeUInt16BE(cut.readUInt16BE(2) | packet.TRUNCATED_RESPONSE, 2);
      asked.send(cut);
    });
    expect(outcome).toMatchObject(passes);
  });

  it('carries an answer of 64 KB, also in pieces', async () => {
    const records = Array.from({ length: 1_900 }, () => ({ type: 'A' as const, name, ttl: 60, data: '127.0.0.1' }));
    const outcome = await against((asked) => {
      if (asked.protocol === 'udp') return truncated(asked);
      const whole = framed(asked.response({ answers: asked.type === 'A' ? records : [] }));
      for (let at = 0; at < whole.length; at += 1_000) asked.write(whole.subarray(at, at + 1_000));
    });
    expect(outcome.status).toBe('pass');
    expect(outcome.evidence.resolution?.addresses).toHaveLength(testLimits.addresses);
  });

  it('that is closed behind a truncated answer is told as such, and is no silence', async () => {
    const outcome = await against(truncated, { only: 'udp' });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code: 'ETRUNCATED' } });
  });

  it('that is silent behind a truncated answer is told in the same way', async () => {
    const outcome = await against((asked) => (asked.protocol === 'udp' ? truncated(asked) : undefined));
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-servfail', evidence: { code: 'ETRUNCATED' } });
  });

  it('is used with a server that does not speak UDP, or whose UDP is dropped', async () => {
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
  ])('the second is asked when the first %s', async (_, answer) => {
    expect(await both(await startNameServer(answer), await startNameServer(healthy))).toMatchObject(passes);
  });

  it('the second is asked when nothing listens at the first', async () => {
    const gone = await startNameServer(silent);
    await gone.close();
    const second = await startNameServer(healthy);
    expect(await lookUp([gone.at, second.at])).toMatchObject(passes);
    await second.close();
  });

  it('the second is not asked when the first says that the name does not exist', async () => {
    const second = await startNameServer(healthy);
    const outcome = await both(await startNameServer((asked) => asked.send(asked.error('nxdomain'))), second);
    expect(outcome.failureMode).toBe('dns-nxdomain');
    expect(second.asked).toEqual([]);
  });

  it('the first still counts when it answers after the second was asked', async () => {
    const late = (asked: Asked): void => void setTimeout(() => healthy(asked), testLimits.resolveMs / 2);
    expect(await both(await startNameServer(late), await startNameServer(silent))).toMatchObject(passes);
  });

  it('what one says wins over the silence of the other', async () => {
    const refusing = await startNameServer((asked) => asked.send(asked.error('refused')));
    expect(await both(refusing, await startNameServer(silent))).toMatchObject({ failureMode: 'dns-refused' });
  });

  it('none that is there is silence, told at once', async () => {
    const servers = [await startNameServer(silent), await startNameServer(silent)];
    await Promise.all(servers.map(({ close }) => close()));
    const outcome = await lookUp(servers.map(({ at }) => at));
    expect(outcome).toMatchObject({ failureMode: 'dns-timeout', evidence: { code: 'ECONNREFUSED' } });
  });
});

describe('addresses of name servers', () => {
  it('IPv6', async () => {
    expect(await against(healthy, { host: '::1' })).toMatchObject(passes);
    expect(
      await against((asked) => (asked.protocol === 'tcp' ? healthy(asked) : undefined), { host: '::1' }),
    ).toMatchObject(passes);
  });

  const scoped = Object.entries(networkInterfaces()).flatMap(([zone, addresses = []]) =>
    addresses.filter(({ address }) => address.startsWith('fe80:')).map(({ address }) => `${address}%${zone}`),
  );

  it.skipIf(scoped.length === 0)('of one link, with their zone', async () => {
    expect(await against(healthy, { host: scoped[0] ?? '' })).toMatchObject(passes);
  });

  it('of a link that is not here: there is no way to it', async () => {
    const outcome = await lookUp(['[fe80::1%nowhere0]:53']);
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'dns-timeout', evidence: { code: 'EINVAL' } });
  });
});
