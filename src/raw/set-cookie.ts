import type { Address } from './address.ts';
import { Raw, reveal } from './raw.ts';

/** A cookie that a response sets (RFC 6265, 5.2), and where it belongs. */
export interface Cookie {
  readonly name: Raw;
  /** `name=value`, as it is sent back. */
  readonly pair: Raw;
  readonly host: string;
  /** Hosts below this one get it too. Null: the host alone. */
  readonly domain: Raw | null;
  readonly path: Raw;
  readonly isSecure: boolean;
  /** The response deletes it. */
  readonly isGone: boolean;
}

/** @param now Unix time in milliseconds */
export const readCookie = (line: Raw, { origin, path }: Address, now: number): Cookie => {
  const [pair = '', ...attributes] = reveal(line).split(';');
  const [name, value] = halves(pair);
  const said = new Map(attributes.map((each) => halves(each)).map(([key, text]) => [key.toLowerCase(), text]));
  const domain = said.get('domain')?.replace(/^\./, '').toLowerCase() ?? '';
  const wanted = said.get('path') ?? '';
  const lifetime = said.get('max-age');
  const isGone =
    lifetime === undefined
      ? Date.parse(said.get('expires') ?? '') <= now
      : /^-?\d{1,20}$/.test(lifetime) && Number(lifetime) <= 0;
  return {
    name: Raw.from(name),
    pair: Raw.from(pair.includes('=') ? `${name}=${value}` : name),
    host: origin.hostname,
    domain: isBelow(origin.hostname, domain) ? Raw.from(domain) : null,
    path: Raw.from(wanted.startsWith('/') ? wanted : folderOf(reveal(path))),
    isSecure: said.has('secure'),
    isGone,
  };
};

export const goesTo = (cookie: Cookie, { origin, path }: Address): boolean => {
  const { hostname, protocol } = origin;
  const isOwn = hostname === cookie.host || (cookie.domain !== null && isBelow(hostname, reveal(cookie.domain)));
  const isThere = `${withoutQuery(reveal(path))}/`.startsWith(`${reveal(cookie.path).replace(/\/$/, '')}/`);
  return isOwn && isThere && (protocol === 'https:' || !cookie.isSecure);
};

const withoutQuery = (path: string): string => path.split('?', 1)[0] ?? '';

/** Without the part behind the last slash (RFC 6265, 5.1.4). */
const folderOf = (path: string): string => withoutQuery(path).slice(0, withoutQuery(path).lastIndexOf('/'));

const isBelow = (host: string, domain: string): boolean => domain.includes('.') && `.${host}`.endsWith(`.${domain}`);

const halves = (text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  return at === -1 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
};
