/**
 * Every limit of the prober: one place, a name with its unit, a default with its reason.
 * The balancer gives up on connecting after 10 s and on waiting after 60 s; the API gives up on MLflow after 30 s.
 */
export const defaultLimits = {
  /** A resolver that needs longer is down. A silent one is asked four times within it. */
  resolveMs: 4_000,
  /** SYN, one second, SYN again, two seconds, SYN again: a third lost packet is no bad luck. */
  connectMs: 5_000,
  tlsMs: 5_000,
  /** From the first byte of the answer to its last. */
  transferMs: 8_000,
  /** One attempt. Longer than the 10 s after which the balancer says that it cannot connect, so that its answer is seen. */
  totalMs: 12_000,
  /** One attempt of the few decisive requests. Longer than the 30 s after which the API says that MLflow is silent. */
  decisiveMs: 35_000,
  /** The whole cycle; what is unfinished then is inconclusive. Leaves room to publish within a minute. */
  deadlineMs: 50_000,
  /** Slower than this is degraded. Healthy answers come within a fraction of a second. */
  slowMs: 4_000,
  /** Head of a response. Larger than any real one (the balancer itself allows 16 KiB a line). */
  headerBytes: 64 * 1024,
  /** Body of a response, as sent and as decompressed: the largest expected is a page of MLflow's user interface. */
  bodyBytes: 256 * 1024,
  /** Of a failing body, what is kept to be read by a person. */
  evidenceBytes: 400,
  /** Redirects followed where a target says so. */
  redirects: 5,
  /** Probes on the wire at once. */
  concurrency: 64,
  /** Pause before a failed probe is repeated: longer than a lost packet, shorter than a person notices. */
  confirmPauseMs: 250,
  /** Addresses of one name that are tried. */
  addresses: 8,
  /** Next address is tried when the one before has not answered for so long (RFC 8305, section 5). */
  nextAddressMs: 250,
  /** The second family's addresses are waited for after the first's came (RFC 8305, section 3). */
  familyWaitMs: 50,
  /** Certificates that expire sooner are degraded; ACM renews 60 days ahead. */
  certificateDays: 21,
  /** Of a cycle's end, what is kept back for the registration flow to delete what it made: some ten requests. */
  cleanupReserveMs: 10_000,
  /** A model version that is pending for longer is not coming: MLflow's own client waits for minutes, but answers READY at once. */
  pendingMs: 5_000,
  /** What the flow made and is older was left by a run that was killed; a running one is never older than a cycle. */
  leftOverMs: 3_600_000,
} as const;

export type LimitName = keyof typeof defaultLimits;
export type Limits = Readonly<Record<LimitName, number>>;
