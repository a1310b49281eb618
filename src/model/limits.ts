/**
 * Every limit of the prober in one place: a name with its unit, a default with its reason. The balancer gives up on
 * connecting after 10 s and on waiting after 60 s. The API gives up on MLflow after 30 s.
 */
export const defaultLimits = {
  /** A resolver that needs longer is down. A silent one is asked four times within it. */
  resolveMs: 4_000,
  /** SYN, one second, SYN again, two seconds, SYN again: three lost packets in a row are not chance. */
  connectMs: 5_000,
  tlsMs: 5_000,
  /** From the first byte of the response to its last. */
  transferMs: 8_000,
  /**
   * One attempt. Exceeds the 10 s after which the balancer reports that it cannot connect, so that its response is
   * seen.
   */
  totalMs: 12_000,
  /** One attempt of the few decisive requests. Exceeds the 30 s after which the API reports that MLflow is silent. */
  decisiveMs: 35_000,
  /** The whole cycle. Anything unfinished by then is inconclusive. Leaves room to publish within a minute. */
  deadlineMs: 50_000,
  /** Anything slower is degraded. Healthy responses take a fraction of a second. */
  slowMs: 4_000,
  /** Head of a response. Larger than any real one (the balancer itself allows 16 KiB a line). */
  headerBytes: 64 * 1024,
  /** Body of a response, both as sent and decompressed. The largest expected is a page of MLflow's user interface. */
  bodyBytes: 256 * 1024,
  /** The part of a failing body that is kept for people to read. */
  evidenceBytes: 400,
  /** Redirects that are followed if a target asks for it. */
  redirects: 5,
  /** Concurrent probes. */
  concurrency: 64,
  /** Pause before a failed probe is retried: longer than a lost packet, too short for a person to notice. */
  confirmPauseMs: 250,
  /** Addresses that are tried per name. */
  addresses: 8,
  /** Time before the next address is tried if the previous one has not answered (RFC 8305, section 5). */
  nextAddressMs: 250,
  /** Wait for the second family's addresses after the first family's arrive (RFC 8305, section 3). */
  familyWaitMs: 50,
  /** Certificates that expire sooner are degraded. ACM renews 60 days ahead. */
  certificateDays: 21,
  /** Time at the end of a cycle, reserved for the registration flow to delete what it created: about ten requests. */
  cleanupReserveMs: 10_000,
  /**
   * A model version that is pending for longer will not become ready. MLflow's own client waits for minutes, but MLflow
   * returns READY at once.
   */
  pendingMs: 5_000,
  /** Anything older that the flow created was left by a killed run: a running flow is never older than a cycle. */
  leftOverMs: 3_600_000,
} as const;

export type LimitName = keyof typeof defaultLimits;
export type Limits = Readonly<Record<LimitName, number>>;

/** Limits of the requests that a failing cycle asks on demand (cycle/follow-up.ts). */
export const followUpLimits = {
  /** A quarter of a cycle's probes: no load beside them. */
  requests: 10,
  /** Milliseconds for all of them together: a person is waiting, and the Lambda function is billed. */
  totalMs: 5_000,
} as const;
