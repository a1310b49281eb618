import { type Address, addressOf, hrefOf } from './address.ts';
import { Raw, reveal } from './raw.ts';

/** Target of a redirect, in parts that can be compared with what we know. */
export interface Location {
  readonly protocol: Raw;
  readonly hostname: Raw;
  /** Empty for the protocol's default port. */
  readonly port: Raw;
  /** Whether it contains a user name or password. */
  readonly hasUser: boolean;
  /** Including the query. */
  readonly path: Raw;
  readonly whole: Raw;
}

/** Null if it is not a valid address. */
export const readLocation = (location: Raw, from: Address): Location | null => {
  const url = URL.parse(utf8(reveal(location)), reveal(hrefOf(from)));
  if (url === null) return null;
  return {
    protocol: Raw.from(url.protocol),
    // A final dot names the same host.
    hostname: Raw.from(url.hostname.replace(/\.$/, '')),
    port: Raw.from(url.port),
    hasUser: url.username !== '' || url.password !== '',
    path: Raw.from(`${url.pathname}${url.search}`),
    whole: Raw.from(url.href),
  };
};

/** The address to follow it to, on whatever host it names. No key may go there. Null unless its scheme has hosts, as http has. */
export const addressIn = ({ whole }: Location): Address | null => {
  const url = new URL(reveal(whole));
  return url.origin === 'null' ? null : addressOf(url);
};

/** Headers arrive as Latin-1, but servers that send other characters send UTF-8, and browsers read it so. */
const utf8 = (text: string): string => {
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
};
