import { isIPv4 } from 'node:net';
import type { Answer } from 'dns-packet';

/** The server's response for a name. */
export type ZoneEntry =
  /** IPv4 and IPv6. */
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'alias'; readonly name: string }
  /** The name exists but has no records. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'servfail' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent' };

export type Zone = ReadonlyMap<string, ZoneEntry>;

export interface ZoneAnswer {
  readonly rcode: number;
  readonly answers: readonly Answer[];
  /** For a response with less than was asked: the zone's SOA record, which makes it final (RFC 2308). */
  readonly authorities: readonly Answer[];
}

const rcodes = { noError: 0, servfail: 2, nameError: 3, refused: 5 } as const;
const ttl = 60;
/** Aliases followed within one response. */
const aliasLimit = 8;

/** Null: no response. */
export const answerFrom = (zone: Zone, asked: string, type: string): ZoneAnswer | null => {
  const answers: Answer[] = [];
  let name = asked.toLowerCase();
  const ended = (rcode: number): ZoneAnswer => ({ rcode, answers, authorities: [ownRecord(name)] });
  for (let i = 0; i < aliasLimit; i += 1) {
    const entry = zone.get(name);
    switch (entry?.kind) {
      case undefined:
        return ended(rcodes.nameError);
      case 'silent':
        return null;
      case 'servfail':
      case 'refused':
        return { rcode: rcodes[entry.kind], answers, authorities: [] };
      case 'empty':
        return ended(rcodes.noError);
      case 'addresses': {
        const found = entry.addresses
          .map((data) => ({ type: isIPv4(data) ? ('A' as const) : ('AAAA' as const), name, ttl, data }))
          .filter((record) => record.type === type);
        answers.push(...found);
        return found.length === 0 ? ended(rcodes.noError) : { rcode: rcodes.noError, answers, authorities: [] };
      }
      case 'alias':
        answers.push({ type: 'CNAME', name, ttl, data: entry.name });
        if (type === 'CNAME') return { rcode: rcodes.noError, answers, authorities: [] };
        name = entry.name.toLowerCase();
    }
  }
  return { rcode: rcodes.noError, answers, authorities: [] };
};

const ownRecord = (name: string): Answer => ({
  type: 'SOA',
  name: name.split('.').slice(-2).join('.'),
  ttl,
  data: {
    mname: 'ns.sandbox',
    rname: 'hostmaster.sandbox',
    serial: 1,
    refresh: ttl,
    retry: ttl,
    expire: ttl,
    minimum: ttl,
  },
});
