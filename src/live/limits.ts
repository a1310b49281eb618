const minute = 60_000;

/** Limits of the live page and its history. Milliseconds unless the name says otherwise. */
export const liveLimits = {
  /** Length of the history. */
  historyMs: 24 * 60 * minute,
  /** Cycles are counted together in slots of this length. */
  slotMs: 5 * minute,
  /** Slots in one bar of a strip: 96 bars for a day. */
  slotsPerBar: 3,
  /** Hosts with a strip. The configuration's own targets can name any number of groups. */
  subjects: 40,
  /** Characters of a name, as in the configuration. */
  name: 100,
  /** Newest cycles listed one by one. */
  cycles: 60,
  /** Characters of a cycle's summary. */
  words: 300,
  /** Connections at once. A browser opens six, Prometheus one. */
  connections: 32,
  /** A client must send its request, and take the answer, in this time. */
  clientMs: 10_000,
  /** Bytes of a request's headers; more is answered with 431. */
  headerBytes: 8_192,
  /** Clients that ask more often get the same page once more. */
  pageMs: 1_000,
  /** Seconds between two loads of the page by itself. */
  refreshLeastSeconds: 10,
  refreshMostSeconds: 60,
  /** Added to two cycles before the last one counts as overdue: storing and sending take a while. */
  overdueMs: 30_000,
} as const;

/**
 * Bytes of the history's file: 288 slots of 40 hosts with four counts each take 200 KB, the names 24 KB at most and the
 * cycles 80 KB at most.
 */
export const historyBytes = 512 * 1024;
