import { isIPv4, isIPv6 } from 'node:net';
import type { Format } from './format.ts';
import type { ConnectTo } from './settings.ts';

/** RFC 1123: labels of letters, digits and inner hyphens; 253 characters hold 127 of them. */
export const hostNamePattern =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,126}$/;

/** A name or an IPv4 address that `URL` leaves unchanged, unlike `1.2.3.4.5` and `0x7f.1`. */
export const isHostName = (text: string): boolean => {
  if (!hostNamePattern.test(text) || !URL.canParse(`https://${text}/`)) return false;
  return new URL(`https://${text}/`).hostname === text.toLowerCase();
};

/** Without a zone (`%eth0`), which is valid on one machine only. */
const isAddress6 = (text: string): boolean => isIPv6(text) && !text.includes('%');

const port = (text: string): number | null => {
  const value = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= 65_535 ? value : null;
};

const dnsPort = 53;

/** A DNS server as `address:port`, default port 53; null: malformed. */
export const parseDnsServer = (text: string): string | null => {
  if (isIPv4(text)) return `${text}:${dnsPort}`;
  if (isAddress6(text)) return `[${text}]:${dnsPort}`;
  const [, bracketed, plain, portText] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text) ?? [];
  const at = portText === undefined ? dnsPort : port(portText);
  if (at === null) return null;
  if (bracketed !== undefined) return isAddress6(bracketed) ? `[${bracketed}]:${at}` : null;
  return plain !== undefined && isIPv4(plain) ? `${plain}:${at}` : null;
};

/** `environment`, or the URL of an HTTP proxy. A password in it would be a secret in the document. */
export const isProxySetting = (text: string): boolean => {
  if (text === 'environment') return true;
  const url = URL.parse(text);
  return url?.protocol === 'http:' && url.port !== '0' && url.href === `${url.origin}/` && /^http:\/\/\S+$/i.test(text);
};

const connectToPattern = /^(\[[^\]]*\]|[^:[\]]*):([^:]*):(\[[^\]]*\]|[^:[\]]*):([^:]*)$/;

/** curl's `--connect-to HOST1:PORT1:HOST2:PORT2`; a string is the form that the text fails. */
export const parseConnectTo = (text: string): ConnectTo | Format => {
  const parts = connectToPattern.exec(text);
  if (parts === null) return 'connect-to-parts';
  const [, fromHost = '', fromPort = '', toHost = '', toPort = ''] = parts;
  const hosts = [fromHost, toHost].map(parseHost);
  const ports = [fromPort, toPort].map((each) => (each === '' ? null : port(each)));
  if (hosts.includes(undefined)) return 'connect-to-host';
  if ((fromPort !== '' && ports[0] === null) || (toPort !== '' && ports[1] === null)) return 'connect-to-port';
  return {
    fromHost: hosts[0] ?? null,
    fromPort: ports[0] ?? null,
    toHost: hosts[1] ?? null,
    toPort: ports[1] ?? null,
  };
};

/** Null: empty; undefined: malformed. Brackets are not part of the address. */
const parseHost = (text: string): string | null | undefined => {
  if (text === '') return null;
  if (text.startsWith('[')) {
    const address = text.slice(1, -1);
    return isAddress6(address) ? address.toLowerCase() : undefined;
  }
  return isHostName(text) ? text.toLowerCase() : undefined;
};
