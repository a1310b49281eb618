/** How late this process was in the last minutes: a machine that is late makes a healthy platform look slow. */
export interface Lateness {
  /** The longest delay of a timer since then (Unix time), in milliseconds. */
  readonly since: (time: number) => number;
  readonly end: () => void;
}

const everyMs = 50;
/** Longer than any cycle. */
const keptMs = 180_000;

export const watchLateness = (): Lateness => {
  const delays: { readonly at: number; readonly ms: number }[] = [];
  let due = Date.now() + everyMs;
  const timer = setInterval(() => {
    const at = Date.now();
    // Short delays are every process's.
    if (at - due >= everyMs) delays.push({ at, ms: at - due });
    while (delays[0] !== undefined && delays[0].at < at - keptMs) delays.shift();
    due = at + everyMs;
  }, everyMs);
  timer.unref();
  return {
    since: (time) => Math.max(0, Date.now() - due, ...delays.filter(({ at }) => at >= time).map(({ ms }) => ms)),
    end: () => clearInterval(timer),
  };
};
