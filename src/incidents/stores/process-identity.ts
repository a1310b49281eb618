import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Identifies a process even if its number is used again later. */
export interface ProcessIdentity {
  /** Where the number is valid: the machine and, on Linux, the container. */
  readonly place: string;
  readonly pid: number;
  /** Start of the process, in a form that only this machine understands; empty: unknown. */
  readonly since: string;
}

const orEmpty = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

/**
 * Boot id, then the process's start in clock ticks: field 22 of proc(5)'s stat. The name before it may contain spaces
 * and brackets.
 */
const runningSince = (pid: number): string =>
  orEmpty(() => {
    const started = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[19] ?? '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${started}`;
  });

/** Each container numbers its own processes. */
const here = (): string => `${hostname()}/${orEmpty(() => readlinkSync('/proc/self/ns/pid'))}`;

/** @param pid of a process of this machine */
export const identityOf = (pid: number): ProcessIdentity => ({ place: here(), pid, since: runningSince(pid) });

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
};

/** `elsewhere`: the process cannot be examined from here. */
export const fateOf = ({ place, pid, since }: ProcessIdentity): 'runs' | 'gone' | 'elsewhere' => {
  if (place !== here()) return 'elsewhere';
  if (!exists(pid)) return 'gone';
  const now = runningSince(pid);
  return since === '' || now === '' || now === since ? 'runs' : 'gone';
};
