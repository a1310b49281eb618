import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A loopback address that is otherwise unused, so its port 53 is free. */
const address = '127.0.0.53';
const script = 'mount --bind "$0" /etc/resolv.conf || exit 1; exec "$@"';

export interface SilentNames {
  /** Prefix of a command that uses this name server, in a mount namespace of its own. Linux, as root. */
  readonly prefix: readonly string[];
  close(): void;
}

/** A name server that accepts queries but never answers. @param folder for the resolver's settings */
export const startSilentNames = async (folder: string): Promise<SilentNames> => {
  const socket = createSocket('udp4').bind(53, address);
  await once(socket, 'listening');
  const settings = join(folder, 'resolv.conf');
  await writeFile(settings, `nameserver ${address}\n`);
  return { prefix: ['unshare', '--mount', '/bin/sh', '-c', script, settings], close: () => socket.close() };
};
