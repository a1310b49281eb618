const spentMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** The kernel keeps the account by its own tick, of up to 4 ms: work that is soon done is done until it adds up to this. */
const enoughMs = 40;

/** Milliseconds of this thread's own CPU time that the work takes: unlike the clock, other processes add nothing to it. */
export const cpuMs = (work: () => unknown): number => {
  const began = spentMs();
  for (let runs = 1; ; runs += 1) {
    work();
    const spent = spentMs() - began;
    if (spent >= enoughMs) return spent / runs;
  }
};
