import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told from a later one with the same number. */
export interface ProcessIdentity {
  /** Where its number means something: the machine, and on Linux the container. */
  readonly place: string;
  readonly pid: number;
  /** Since when it runs, in a form that only this machine understands; empty where that cannot be told. */
  readonly since: string;
}

const orEmpty = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

/** The machine's start and, after it, the process's, in clock ticks: field 22 of proc(5)'s stat. The name before may hold spaces and brackets. */
const runningSince = (pid: number): string =>
  orEmpty(() => {
    const started = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[19] ?? '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${started}`;
  });

/** Numbers of processes are counted in each container anew. */
const here = (): string => `${hostname()}/${orEmpty(() => readlinkSync('/proc/self/ns/pid'))}`;

/** @param pid of a process of this machine */
export const identityOf = (pid: number): ProcessIdentity => ({ place: here(), pid, since: runningSince(pid) });

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
};

/** `elsewhere`: nothing can be known of it from here. */
export const fateOf = ({ place, pid, since }: ProcessIdentity): 'runs' | 'gone' | 'elsewhere' => {
  if (place !== here()) return 'elsewhere';
  if (!exists(pid)) return 'gone';
  const now = runningSince(pid);
  return since === '' || now === '' || now === since ? 'runs' : 'gone';
};
