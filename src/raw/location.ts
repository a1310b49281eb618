import { type Address, hrefOf } from './address.ts';
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
  const url = URL.parse(reveal(location), reveal(hrefOf(from)));
  if (url === null) return null;
  return {
    protocol: Raw.from(url.protocol),
    hostname: Raw.from(url.hostname),
    port: Raw.from(url.port),
    hasUser: url.username !== '' || url.password !== '',
    path: Raw.from(`${url.pathname}${url.search}`),
    whole: Raw.from(url.href),
  };
};
