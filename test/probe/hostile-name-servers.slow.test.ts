import { createSocket } from 'node:dgram';
import * as packet from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { type Asked, garbageFor } from '../support/name-server.ts';
import { testKey } from '../support/probing.ts';
import { against, healthy, name, passes } from './names.ts';

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

  const refusals = ['formerr', 'notimp', 'servfail', 'refused'] as const;
  it.each(refusals)('a server that answers EDNS with %s is queried without it', async (error) => {
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
