import { readFile } from 'node:fs/promises';

/** Ticks per second in /proc (USER_HZ, 100 on every Linux that Node runs on). */
const ticksPerSecond = 100;

/** CPU time of a process, all threads, user and system; proc(5): fields 14 and 15 of `stat`. */
export const cpuMsOf = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The command's name may contain spaces. The rest starts with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1_000;
};

/** Peak resident memory of a process. */
export const peakMbOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
};
