const spentMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** The kernel accounts in ticks of up to 4 ms, so short work is repeated until it adds up to this. */
const enoughMs = 40;

/** Milliseconds of this thread's CPU time that the work takes. Unlike wall-clock time, it excludes other processes. */
export const cpuMs = (work: () => unknown): number => {
  const began = spentMs();
  for (let runs = 1; ; runs += 1) {
    work();
    const spent = spentMs() - began;
    if (spent >= enoughMs) return spent / runs;
  }
};
