import { networkInterfaces } from 'node:os';
import * as packet from 'dns-packet';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/report.ts';
import { type Asked, framed, garbageFor, type RunningNameServer, startNameServer } from '../support/name-server.ts';
import { lookUp, testLimits } from '../support/probing.ts';
import { against, healthy, name, passes, silent } from './names.ts';

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
