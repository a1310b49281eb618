import type { Outcome } from '../../src/model/report.ts';
import type { DnsTarget } from '../../src/model/target.ts';
import { DnsServer } from '../../src/sandbox/network/dns-server.ts';
import type { ZoneEntry } from '../../src/sandbox/network/dns-zone.ts';
import { type Asked, type NameServerOptions, withNameServer } from '../support/name-server.ts';
import { lookUp } from '../support/probing.ts';

export const name = 'host.test';

export const inZone = async (
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

export const against = (answer: (asked: Asked) => void, options?: NameServerOptions): Promise<Outcome> =>
  withNameServer(answer, ({ at }) => lookUp([at]), options);

/** What a healthy name server says of an IPv4 host. */
export const healthy = (asked: Asked): void =>
  asked.send(asked.type === 'A' ? asked.addresses('127.0.0.1') : asked.addresses());
export const silent = (): void => undefined;

export const passes = { status: 'pass', evidence: { resolution: { addresses: ['127.0.0.1'] } } };
