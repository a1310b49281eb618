/** Every limit of asking AWS. Milliseconds unless the name says otherwise. */
export const confirmLimits = {
  /** Calls for one report, pages included. A match needs four to eight. */
  calls: 20,
  /** All calls together. They run after the verdict, and a message must not wait longer for them. */
  totalMs: 2_000,
  /** One call. AWS answers these within 300 ms. */
  callMs: 1_500,
  /** Setting up a connection, TLS included. */
  connectMs: 1_000,
  /** Bytes of one answer. 100 rules take about 150 KB, 100 security groups about 400 KB. */
  bodyBytes: 2_000_000,
  /** Pages of one answer. An account with more resources gets `unknown`, never a conclusion from a part. */
  pages: 3,
  /** Calls of one kind, for example one for each target group. */
  fanOut: 4,
  /** Characters of what AWS says about a refusal. */
  detailCharacters: 200,
  /** Stopped tasks, events and log lines older than this say nothing about the incident. */
  recentMs: 3_600_000,
  /** A healthy state refutes nothing before this. Health checks fail after 30 s to 2 min, counts lag by seconds. */
  settledMs: 180_000,
  /** Answers hold for this long while the diagnosis stays the same. Long enough to spare AWS, short for an incident. */
  holdMs: 300_000,
  /** A change this long before the onset may have caused it. */
  beforeOnsetMs: 1_800_000,
} as const;
