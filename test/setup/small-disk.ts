import { run } from './run.ts';

/**
 * A separate in-memory disk for one process, invisible to others and gone with the process: a mount namespace. Linux,
 * as root.
 */

const script = 'mount -t tmpfs -o "$0" tmpfs "$1" || exit 1; shift; exec "$@"';

/** Prefix of a command that mounts the disk over `folder`. @param options of tmpfs, such as `size=64k`. */
export const onSmallDisk = (folder: string, options: string): readonly string[] => [
  ...['unshare', '--mount', '/bin/sh', '-c', script, options, folder],
];

/** @throws if this machine or user cannot create one. */
export const trySmallDisk = async (): Promise<void> => {
  const [command = '', ...args] = [...onSmallDisk('/mnt', 'size=64k'), 'true'];
  await run(command, args, { limitMs: 120_000 }).catch((error: Error) => {
    throw new Error(`a small disk needs Linux, and root: ${error.message}`);
  });
};

/** The folder as the process sees it. */
export const seenBy = (pid: number, folder: string): string => `/proc/${pid}/root${folder}`;
