import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { service } from './service.ts';
import type { Undo } from './undo.ts';

/** A name and its record in zone file syntax: `A 127.0.0.1`, `CNAME other.`. */
export type Records = Readonly<Record<string, string>>;

export interface Names {
  readonly port: number;
  readonly records: Records;
  /** Null removes a name. */
  change(changes: Readonly<Record<string, string | null>>): Promise<Undo>;
  /** The parent zone claims that this name's zone is signed, but it is not, so resolvers reject it as forged. */
  expectSignature(name: string): Promise<Undo>;
  close(): Promise<void>;
}

/** The zones that it serves, and the root, so that no query leaves the machine. */
const zones = ['hokus.ai', 'hokusai.local', 'us-east-1.elb.amazonaws.com', ''] as const;

const zoneOf = (name: string): string => zones.find((zone) => name === zone || name.endsWith(`.${zone}`)) ?? '';

const zoneFile = (zone: string, records: Records): string =>
  [
    '$TTL 0',
    `${zone}. SOA ns.${zone === '' ? 'invalid' : zone}. admin.invalid. 1 3600 600 86400 0`,
    `${zone}. NS ns.${zone === '' ? 'invalid' : zone}.`,
    ...Object.entries(records)
      .filter(([name]) => zoneOf(name) === zone)
      .map(([name, record]) => `${name}. ${record}`),
    '',
  ].join('\n');

const confOf = (port: number, trust: string): string => `
server:
  interface: 127.0.0.1@${port}
  do-ip6: no
  chroot: ""
  username: ""
  directory: ""
  pidfile: ""
  use-syslog: no
  num-threads: 1
  module-config: "validator iterator"
  do-not-query-localhost: no
  access-control: 127.0.0.0/8 allow
  cache-max-ttl: 0
  cache-max-negative-ttl: 0
  ${trust}
remote-control:
  control-enable: no
${zones
  .map(
    (zone) => `auth-zone:
  name: "${zone}."
  zonefile: "${zone === '' ? 'root' : zone}.zone"
  for-downstream: no
  for-upstream: yes
  fallback-enabled: no
`,
  )
  .join('')}`;

/** Unbound, a resolver with its own zones, on one loopback port for UDP and TCP. */
export const startNames = async (unbound: string, folder: string, port: number, records: Records): Promise<Names> => {
  await mkdir(folder);
  const running = service({
    folder,
    ready: { host: '127.0.0.1', port },
    command: { command: [unbound, '-d', '-c', join(folder, 'unbound.conf')] },
  });
  const serve = async (served: Records, trust = ''): Promise<void> => {
    await running.stop();
    for (const zone of zones)
      await writeFile(join(folder, `${zone === '' ? 'root' : zone}.zone`), zoneFile(zone, served));
    await writeFile(join(folder, 'unbound.conf'), confOf(port, trust));
    await running.start();
  };
  await serve(records);
  const undo: Undo = () => serve(records);
  return {
    port,
    records,
    change: async (changes) => {
      const changed = Object.entries({ ...records, ...changes }).filter(
        (entry): entry is [string, string] => entry[1] !== null,
      );
      await serve(Object.fromEntries(changed));
      return undo;
    },
    expectSignature: async (name) => {
      await serve(records, `trust-anchor: "${name}. IN DS 20326 8 2 ${'ab'.repeat(32)}"`);
      return undo;
    },
    close: running.stop,
  };
};
