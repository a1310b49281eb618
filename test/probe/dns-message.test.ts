import * as packet from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DnsMessage, decodeMessage, encodeQuery, isAnswerTo, questionFor } from '../../src/probe/dns/message.ts';
import { reveal } from '../../src/raw/raw.ts';
import { cpuMs } from '../support/cpu-time.ts';

/** dns-packet is the other implementation that ours is held against. */
const responseTo = (name: string, changes: Partial<packet.Packet> = {}): Buffer =>
  packet.encode({ type: 'response', id: 7, flags: 0, questions: [{ type: 'A', name }], ...changes });

const decoded = (bytes: Buffer): DnsMessage => {
  const message = decodeMessage(bytes);
  if (message === null) throw new Error(`unreadable: ${bytes.toString('hex')}`);
  return message;
};

const asking = (name: string, family: 4 | 6 = 4) => {
  const question = questionFor(name, family);
  if (question === null) throw new Error(`DNS cannot hold ${name}`);
  return question;
};

const soa = { mname: 'ns.test', rname: 'a.test', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 };

describe('a DNS query', () => {
  it('is read correctly by another implementation', () => {
    const { id, flags, questions, additionals } = packet.decode(
      encodeQuery(0xabcd, asking('Registry.Hokus.ai.', 6), true),
    );
    expect({ id, flags, questions }).toEqual({
      id: 0xabcd,
      flags: packet.RECURSION_DESIRED,
      questions: [{ name: 'registry.hokus.ai', type: 'AAAA', class: 'IN' }],
    });
    expect(additionals).toMatchObject([{ type: 'OPT', name: '.', udpPayloadSize: 1_232 }]);
    expect(packet.decode(encodeQuery(1, asking('registry.hokus.ai'), false)).additionals).toEqual([]);
  });

  it.each(['', '.', 'a..b', '.a', `${'a'.repeat(64)}.test`, `${'ab.'.repeat(90)}test`, 'a b.test', 'ä.test'])(
    'is not built for „%s“',
    (name) => expect(questionFor(name, 4)).toBeNull(),
  );

  it('can contain the longest names', () => {
    for (const name of ['a'.repeat(63), `${'a.'.repeat(126)}b`, '_dmarc.hokus.ai', 'xn--n3h.test'])
      expect(packet.decode(encodeQuery(1, asking(name), true)).questions?.[0]?.name).toBe(name);
  });
});

describe('a DNS response', () => {
  it('from another implementation is read: code, addresses, aliases, and whether it is final', () => {
    const message = decoded(
      responseTo('Host.Test', {
        flags: packet.AUTHORITATIVE_ANSWER | 3,
        answers: [
          { type: 'CNAME', name: 'Host.test', ttl: 5, data: 'BALANCER.test' },
          { type: 'A', name: 'balancer.test', ttl: 5, data: '10.0.0.1' },
          { type: 'AAAA', name: 'balancer.test', ttl: 5, data: '2001:DB8:0:0:1:0:0:1' },
          { type: 'TXT', name: 'balancer.test', ttl: 5, data: 'text' },
        ],
        authorities: [{ type: 'SOA', name: 'test', ttl: 5, data: soa }],
      }),
    );
    expect(message).toMatchObject({
      id: 7,
      rcode: 3,
      truncated: false,
      hasSoa: true,
      isReferral: false,
    });
    expect(message.explanation.is('')).toBe(true);
    expect([...message.aliases]).toEqual([['host.test', 'balancer.test']]);
    expect(message.addresses).toEqual([
      { name: 'balancer.test', address: '10.0.0.1' },
      { name: 'balancer.test', address: '2001:db8::1:0:0:1' },
    ]);
    expect(isAnswerTo(asking('HOST.test'), message)).toBe(true);
    expect(isAnswerTo(asking('host.test', 6), message)).toBe(false);
    expect(isAnswerTo(asking('host.tes'), message)).toBe(false);
  });

  it('gets the upper bits of its code and its first explanation from the extension', () => {
    const option = (code: number, text: string): Buffer => {
      const data = Buffer.from(text);
      const head = Buffer.alloc(6);
      head.writeUInt16BE(15, 0);
      head.writeUInt16BE(2 + data.length, 2);
      head.writeUInt16BE(code, 4);
      return Buffer.concat([head, data]);
    };
    const extended = (options: Buffer): Buffer => {
      const bytes = responseTo('host.test');
      bytes.writeUInt16BE(1, 10);
      const head = Buffer.from([0, 0, 41, 4, 208, 1, 0, 0, 0, options.length >> 8, options.length & 255]);
      return Buffer.concat([bytes, head, options]);
    };
    const saying = (options: Buffer): string => reveal(decoded(extended(options)).explanation);
    expect(decoded(extended(Buffer.alloc(0)))).toMatchObject({ rcode: 16 });
    expect(saying(Buffer.alloc(0))).toBe('');
    const both = Buffer.concat([Buffer.from([0, 10, 0, 1, 9]), option(22, ''), option(99, ' one\r\ntwo\u0000\u202e ')]);
    // In more lines than one: it is redacted as it came, and put in one line then.
    expect(saying(both)).toBe('EDE 22 No Reachable Authority; EDE 99: one\r\ntwo\u0000\u202e');
    expect(saying(both.subarray(0, -1))).toBe('EDE 22 No Reachable Authority');
    const many = Buffer.concat(Array.from({ length: 50 }, () => option(6, 'x'.repeat(500))));
    expect(saying(many).split('; ')).toHaveLength(3);
  });

  it('has names with unusual bytes in zone-file notation, on one line', () => {
    const name = Buffer.concat([
      Buffer.from([5]),
      Buffer.from('a.b\n\xff', 'latin1'),
      Buffer.from([4]),
      Buffer.from('TEST\0'),
    ]);
    const head = responseTo('host.test', { answers: [{ type: 'CNAME', name: 'host.test', ttl: 1, data: 'x' }] });
    const bytes = Buffer.concat([head.subarray(0, -5), Buffer.from([0, name.length]), name]);
    expect([...decoded(bytes).aliases.values()]).toEqual(['a\\.b\\010\\255.test']);
  });

  it('is refused when it is cut before the end of its answer section', () => {
    const whole = responseTo('host.test', { answers: [{ type: 'A', name: 'host.test', ttl: 1, data: '10.0.0.1' }] });
    for (let length = 0; length < whole.length; length += 1)
      expect(decodeMessage(whole.subarray(0, length))).toBeNull();
    expect(decodeMessage(whole)).not.toBeNull();
  });

  it('keeps its answer when only later sections are malformed', () => {
    const whole = responseTo('host.test', {
      answers: [{ type: 'A', name: 'host.test', ttl: 1, data: '10.0.0.1' }],
      authorities: [{ type: 'SOA', name: 'test', ttl: 1, data: soa }],
    });
    expect(decoded(whole.subarray(0, -3))).toMatchObject({ hasSoa: false, addresses: [{ address: '10.0.0.1' }] });
  });

  it.each<[string, (bytes: Buffer) => unknown]>([
    ['a query', (bytes) => bytes.writeUInt16BE(0, 2)],
    ['an update', (bytes) => bytes.writeUInt16BE(0x8000 | (5 << 11), 2)],
    ['an answer to two questions', (bytes) => bytes.writeUInt16BE(2, 4)],
    ['of another class', (bytes) => bytes.writeUInt16BE(3, 25)],
    ['with an address of five octets', (bytes) => bytes.writeUInt16BE(3, bytes.length - 6)],
    ['with a label of a reserved kind', (bytes) => bytes.writeUInt8(0x80, 12)],
    ['with a pointer to itself', (bytes) => bytes.writeUInt16BE(0xc00c, 12)],
    ['with a pointer to behind itself', (bytes) => bytes.writeUInt16BE(0xc020, 12)],
  ])('%s is refused', (_, change) => {
    const bytes = responseTo('host.test', { answers: [{ type: 'A', name: 'host.test', ttl: 1, data: '10.0.0.1' }] });
    expect(decodeMessage(bytes)).not.toBeNull();
    change(bytes);
    expect(decodeMessage(bytes)).toBeNull();
  });

  it('of 64 KB, with 127-label names behind pointers, is read about as fast as one with short names', () => {
    const labels = 'a.'.repeat(126);
    const head = responseTo(`${labels}b`);
    const record = (pointer: readonly number[]): Buffer =>
      Buffer.from([...pointer, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
    const filled = (one: Buffer): Buffer => {
      const count = Math.floor((65_535 - head.length) / one.length);
      const bytes = Buffer.concat([head, ...Array.from({ length: count }, () => one)]);
      bytes.writeUInt16BE(count, 6);
      return bytes;
    };
    const cost = (bytes: Buffer): number => cpuMs(() => expect(decodeMessage(bytes)).not.toBeNull());
    // Both have some 4,000 records; in one each name has 127 labels.
    expect(cost(filled(record([0xc0, 12])))).toBeLessThan(20 * cost(filled(record([0xc0, head.length - 6]))));
  });
});

describe('20,000 randomly altered responses', () => {
  const name = 'registry.hokus.ai';
  const answer = responseTo(name, {
    flags: packet.RECURSION_AVAILABLE,
    answers: [
      { type: 'CNAME', name, ttl: 60, data: 'balancer.elb.amazonaws.com' },
      { type: 'A', name: 'balancer.elb.amazonaws.com', ttl: 60, data: '10.0.0.1' },
      { type: 'AAAA', name: 'balancer.elb.amazonaws.com', ttl: 60, data: '2001:db8::1' },
    ],
    authorities: [{ type: 'SOA', name: 'hokus.ai', ttl: 60, data: soa }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: 1_232,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  });

  const change = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), at: fc.nat(answer.length - 1), to: fc.nat(255) }),
    // Where it hurts: pointers, lengths, counts.
    fc.record({
      kind: fc.constant('set' as const),
      at: fc.nat(answer.length - 1),
      to: fc.constantFrom(0, 1, 11, 12, 63, 64, 127, 192, 255),
    }),
    fc.record({ kind: fc.constant('cut' as const), at: fc.nat(answer.length - 1) }),
    fc.record({ kind: fc.constant('double' as const), at: fc.nat(answer.length - 1) }),
  );

  it('are read or refused without a crash, and every result is well-formed', () => {
    let unreadable = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        let bytes = Buffer.from(answer);
        for (const one of changes) {
          if (one.kind === 'set') bytes[one.at] = one.to;
          if (one.kind === 'cut') bytes = bytes.subarray(0, one.at);
          if (one.kind === 'double') bytes = Buffer.concat([bytes.subarray(0, one.at), bytes]);
        }
        const message = decodeMessage(bytes);
        if (message === null) {
          unreadable += 1;
          return;
        }
        for (const { address } of message.addresses) expect(address).toMatch(/^[\d.]+$|^[\da-f:]+$/);
        for (const text of [...message.aliases].flat()) {
          expect(text).toMatch(/^[!-~]*$/);
          expect(text.length).toBeLessThanOrEqual(4 * 255);
        }
        expect(message.rcode).toBeLessThan(0x1000);
      }),
      { numRuns: 20_000 },
    );
    expect(unreadable).toBeGreaterThan(2_000);
    expect(unreadable).toBeLessThan(18_000);
  });

  it('of random bytes only answer nothing', () => {
    const question = asking(name);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const message = decodeMessage(Buffer.from(bytes));
        if (message?.question) expect(isAnswerTo(question, message)).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });
});
