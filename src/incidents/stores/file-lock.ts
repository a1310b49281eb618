import { randomUUID } from 'node:crypto';
import { readlink, symlink, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fateOf, identityOf, type ProcessIdentity } from './process-identity.ts';

/**
 * Reading, comparing and writing takes milliseconds. A process that holds the lock longer is stopped, or its disk
 * hangs.
 */
const patienceMs = 5_000;
const lookAgainMs = 20;
/**
 * Depth of nested locks: each one belongs to a process that was killed while it removed the lock of another killed
 * process.
 */
const depthLimit = 4;

interface Holder extends ProcessIdentity {
  /** Unique for each lock. */
  readonly token: string;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

const inTheWay = (lock: string): Error => new Error(`${lock} is in the way and is not a lock: move it away`);

/** Null: the lock is free. */
const holderOf = async (lock: string): Promise<Holder | null> => {
  const says = await readlink(lock).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw codeOf(error) === 'EINVAL' ? inTheWay(lock) : error;
  });
  if (says === null) return null;
  const { place = '', pid, since = '', token = '' } = Object.fromEntries(new URLSearchParams(says));
  // A number of 0 or less would mean a process group.
  if (!(Number(pid) > 0) || token === '') throw inTheWay(lock);
  return { place, pid: Number(pid), since, token };
};

/**
 * Does the work under an exclusive lock, within this process and among the processes of this machine.
 *
 * The lock is a symbolic link that leads nowhere. Link and contents are created in one step, so a kill never leaves
 * half a lock. It counts as left over only when its process is gone, however old it is. proper-lockfile judges by age
 * instead: after a kill, others wait for seconds, and a stopped process loses its lock while it works.
 *
 * @throws Error with a sentence when others hold it for too long; errors of the file system
 */
export const holding = async <T>(lock: string, work: () => Promise<T>, depth = 0): Promise<T> => {
  const mine: Holder = { ...identityOf(process.pid), token: randomUUID().slice(0, 8) };
  const says = new URLSearchParams({ ...mine, pid: String(mine.pid) }).toString();
  const patience = performance.now() + patienceMs;
  while (!(await take(lock, says))) {
    const holder = await holderOf(lock);
    if (holder === null) continue;
    const fate = fateOf(holder);
    if (fate === 'gone' && depth < depthLimit) await removeLeftOver(lock, holder, depth);
    else if (performance.now() > patience) throw new Error(heldBy(lock, holder, fate));
    else await sleep(lookAgainMs * (0.5 + Math.random()));
  }
  try {
    return await work();
  } finally {
    await unlink(lock).catch((error: unknown) => {
      // The lock was removed by hand.
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  }
};

const take = async (lock: string, says: string): Promise<boolean> => {
  try {
    await symlink(says, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

/**
 * If two processes find the same left-over lock, they must not remove it one after the other: the second would remove
 * the new lock of the first. Removal therefore needs a lock of its own, bound to this left-over one.
 */
const removeLeftOver = (lock: string, { token }: Holder, depth: number): Promise<void> =>
  holding(
    `${lock}.${token}`,
    async () => {
      if ((await holderOf(lock))?.token === token) await unlink(lock);
    },
    depth + 1,
  );

const heldBy = (lock: string, { pid, place }: Holder, fate: ReturnType<typeof fateOf>): string =>
  fate === 'elsewhere'
    ? `process ${pid} on ${place.split('/')[0]} holds ${lock}; if that process no longer runs, delete the file`
    : `process ${pid} has held ${lock} for more than ${patienceMs / 1_000} s; end it if it hangs`;
