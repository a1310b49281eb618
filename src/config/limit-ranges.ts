import type { LimitName } from '../model/limits.ts';

interface LimitRange {
  readonly least: number;
  readonly most: number;
  /** For editors. */
  readonly help: string;
}

const range = (least: number, most: number, help: string): LimitRange => ({ least, most, help });

/** No single attempt waits for longer: the balancer gives up after 60 s, and a cycle is to end within minutes. */
export const longestAttemptMs = 300_000;
/** The longest that a Lambda may run. */
const longestCycleMs = 900_000;
const KiB = 1024;
const MiB = 1024 * KiB;

/** What each limit may be set to: outside of it is a slip (seconds for milliseconds, a digit too many), not a wish. */
export const limitRanges: Readonly<Record<LimitName, LimitRange>> = {
  resolveMs: range(1, 60_000, 'Milliseconds to resolve a name.'),
  connectMs: range(1, 60_000, 'Milliseconds to connect.'),
  tlsMs: range(1, 60_000, 'Milliseconds for the TLS handshake.'),
  transferMs: range(1, longestAttemptMs, "Milliseconds from an answer's first byte to its last."),
  totalMs: range(1, longestAttemptMs, 'Milliseconds for one attempt, all phases.'),
  decisiveMs: range(1, longestAttemptMs, 'Milliseconds for one attempt of the few requests whose own answer decides.'),
  deadlineMs: range(1, longestCycleMs, 'Milliseconds for the whole cycle.'),
  slowMs: range(1, longestAttemptMs, 'Milliseconds from which on an answer is slow.'),
  headerBytes: range(KiB, MiB, "Bytes of an answer's head."),
  bodyBytes: range(KiB, 16 * MiB, "Bytes of an answer's body."),
  evidenceBytes: range(0, 64 * KiB, 'Bytes that are kept of the body of a failing answer.'),
  redirects: range(0, 20, 'Redirects that are followed.'),
  concurrency: range(1, 1_000, 'Probes on the wire at once.'),
  confirmPauseMs: range(0, 60_000, 'Milliseconds before a failed probe is repeated.'),
  addresses: range(1, 64, 'Addresses of one name that are tried.'),
  nextAddressMs: range(1, 60_000, 'Milliseconds before the next address of a name is tried.'),
  familyWaitMs: range(0, 10_000, 'Milliseconds that the second address family is waited for.'),
  certificateDays: range(0, 398, 'Days before its expiry from which on a certificate counts as expiring.'),
  cleanupReserveMs: range(0, longestCycleMs, "Milliseconds of the cycle's end that are kept for the flow's clean-up."),
  pendingMs: range(0, longestAttemptMs, 'Milliseconds that the flow waits for a model version that is pending.'),
  // A cycle may take 15 minutes, and clocks may differ.
  leftOverMs: range(20 * 60_000, 30 * 86_400_000, 'Milliseconds after which what the flow made counts as left over.'),
};
