import { getServers } from 'node:dns';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

export interface NameServer {
  /** An IP address, with its zone if it has one (`fe80::1%eth0`). */
  readonly address: string;
  readonly port: number;
}

const dnsPort = 53;

/** The system's resolver asks no more than these (MAXNS of glibc and musl). */
const systemServers = 3;

/** `address`, `address:port` or `[address]:port`. */
export const parseNameServer = (text: string): NameServer => {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [];
  return { address: bracketed ?? plain ?? text, port: port === undefined ? dnsPort : Number(port) };
};

export const nameServerText = ({ address, port }: NameServer): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** The name servers in a resolv.conf. Its other settings only concern the system's resolver. */
export const nameServersIn = (resolvConf: string): readonly string[] =>
  [...resolvConf.matchAll(/^nameserver[ \t]+([^\s#;]+)/gm)]
    .map(([, address = '']) => address)
    .filter((address) => isIP(address) !== 0)
    .slice(0, systemServers);

/** Read in each cycle, because the file can change while a long-running process lives. */
export const systemNameServers = (): readonly NameServer[] => {
  const own = process.platform === 'linux' ? nameServersIn(resolvConf()) : [];
  // `getServers` works on every platform but drops the zone of a link-local address.
  return (own.length > 0 ? own : getServers()).map(parseNameServer);
};

const resolvConf = (): string => {
  try {
    return readFileSync('/etc/resolv.conf', 'utf8');
  } catch {
    // The file is optional.
    return '';
  }
};
