/** Reads every character once: what linear time is measured by. */
const scan = (text: string): number => {
  let count = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) === 0x7f) count += 1;
  return count;
};

const timed = (work: () => unknown): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

/** The best of several runs, in milliseconds: whatever else runs on the machine only adds to it. */
const best = (work: () => unknown, runs: number): number =>
  Math.min(...Array.from({ length: runs }, () => timed(work)));

const scanCosts = new Map<number, number>();

/** Milliseconds to read a text of this length once. */
const scanCost = ({ length }: string): number => {
  let cost = scanCosts.get(length);
  if (cost === undefined) {
    const text = 'x'.repeat(length);
    cost = best(() => scan(text), 50);
    scanCosts.set(length, cost);
  }
  return cost;
};

/** How many times as long the work takes as to read the text once. What is beyond `limit` is tried again, for it may be the machine. */
export const costRatio = (text: string, limit: number, work: (text: string) => unknown): number => {
  const allowed = scanCost(text) * limit;
  let cost = timed(() => work(text));
  for (let run = 0; run < (cost > allowed * 20 ? 1 : 4) && cost > allowed; run++)
    cost = Math.min(
      cost,
      timed(() => work(text)),
    );
  return cost / scanCost(text);
};
