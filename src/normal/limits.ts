/** How a normal is learned and compared. Times as logarithms where the name says so; hours are hours of the day, UTC. */
export const normalLimits = {
  /** Cycles after which the hour under way counts as known. */
  enoughCycles: 10,
  /** An hour with fewer cycles is not remembered. */
  fewestCycles: 5,
  /** A request is late from this many times its normal on, however steady it is … */
  leastTimes: 5,
  /** … or from this many standard deviations above it, if it is less steady … */
  deviations: 4,
  /** … but in any case from this many times its normal on. */
  mostTimes: 25,
  /** A person hardly notices a smaller excess, and a busy server has it for minutes. Milliseconds. */
  leastExcessMs: 1_000,
  /** An hour that was never seen may be this many times as slow as the slowest known one: the day against the night. */
  unseenTimes: 3,
  /** An hour of one day moves the normal of this hour by this share of the difference … */
  share: 0.3,
  /** … upwards by 2 % at most: it doubles in five weeks, and something that gets slow faster is noticed … */
  mostUpLog: 0.02,
  /** … and downwards by 40 % at most. */
  mostDownLog: 0.5,
  /** An hour that was slow on this many days in a row is forgotten: the platform has changed. */
  slowDays: 3,
  /** The spread (mean deviation of the logarithm) before anything is known … */
  firstSpreadLog: 0.3,
  /** … which weighs as much as this many cycles. */
  firstSpreadCycles: 5,
  /** The steadiest that a request is taken to be. */
  leastSpreadLog: 0.15,
} as const;

export const hourMs = 3_600_000;

/** Standard deviation of a normal distribution, in mean deviations. */
export const perMeanDeviation = Math.sqrt(Math.PI / 2);
