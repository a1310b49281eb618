import { randomUUID } from 'node:crypto';
import { readlink, symlink, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fateOf, identityOf, type ProcessIdentity } from './process-identity.ts';

/** Reading, comparing and writing takes milliseconds. Whoever holds it longer is stopped, or on a disk that hangs. */
const patienceMs = 5_000;
const lookAgainMs = 20;
/** Of processes that were killed while they removed the lock of one that was killed, and so on. */
const depthLimit = 4;

interface Holder extends ProcessIdentity {
  /** Of this very lock: no two have the same. */
  readonly token: string;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

const inTheWay = (lock: string): Error => new Error(`${lock} is in the way, and is no lock: move it away`);

/** Null: nobody holds it. */
const holderOf = async (lock: string): Promise<Holder | null> => {
  const says = await readlink(lock).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw codeOf(error) === 'EINVAL' ? inTheWay(lock) : error;
  });
  if (says === null) return null;
  const { place = '', pid, since = '', token = '' } = Object.fromEntries(new URLSearchParams(says));
  // A number of 0 or less would mean a group of processes.
  if (!(Number(pid) > 0) || token === '') throw inTheWay(lock);
  return { place, pid: Number(pid), since, token };
};

/**
 * Does the work while nobody else does any under the same lock, in this process or another one of this machine.
 *
 * The lock is a symbolic link that leads nowhere: made in one step together with what it says, so that no kill leaves half
 * of one. It is taken for left over only when its process is gone, however old it is. proper-lockfile
 * judges by age instead: after a kill the others wait for seconds, and a process that is stopped loses its lock while it works.
 *
 * @throws Error with a sentence when others hold it for too long; what the file system throws
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
      // Somebody has removed it by hand.
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
 * Two that have found the same lock left over must not remove it one after the other: the second would remove the first
 * one's new lock. So that is done under a lock too, one that belongs to this very lock.
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
    ? `process ${pid} on ${place.split('/')[0]} holds ${lock}, and whether it still runs cannot be seen from here; when it does not, delete that file`
    : `process ${pid} holds ${lock} for more than ${patienceMs / 1_000} s; end it if it hangs`;
