import { cpuMs } from '../support/cpu-time.ts';

/** Reads every character once: what linear time is measured by. */
const scan = (text: string): number => {
  let count = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) === 0x7f) count += 1;
  return count;
};

const scanCosts = new Map<number, number>();

/** Milliseconds to read a text of this length once. */
const scanCost = ({ length }: string): number => {
  let cost = scanCosts.get(length);
  if (cost === undefined) {
    const text = 'x'.repeat(length);
    // The engine compiles a function when it has run for a while.
    cpuMs(() => scan(text));
    cost = cpuMs(() => scan(text));
    scanCosts.set(length, cost);
  }
  return cost;
};

const timed = (work: () => unknown): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

/**
 * How many times as long the work takes as to read the text once. The clock suffices where it says that the work is
 * within `limit`; where it says that it is not, the machine may be busy, and CPU time decides.
 */
export const costRatio = (text: string, limit: number, work: (text: string) => unknown): number => {
  const byClock = timed(() => work(text)) / scanCost(text);
  return byClock <= limit ? byClock : cpuMs(() => work(text)) / scanCost(text);
};
