import type { LimitName } from '../model/limits.ts';

interface LimitRange {
  readonly least: number;
  readonly most: number;
  /** For editors. */
  readonly help: string;
}

const range = (least: number, most: number, help: string): LimitRange => ({ least, most, help });

/** The balancer gives up after 60 s, and a cycle should end within minutes. */
export const longestAttemptMs = 300_000;
/** Lambda's longest timeout. */
const longestCycleMs = 900_000;
const KiB = 1024;
const MiB = 1024 * KiB;

/** The range of each limit. A value outside is probably a slip: seconds for milliseconds, or an extra digit. */
export const limitRanges: Readonly<Record<LimitName, LimitRange>> = {
  resolveMs: range(1, 60_000, 'Milliseconds to resolve a name.'),
  connectMs: range(1, 60_000, 'Milliseconds to connect.'),
  tlsMs: range(1, 60_000, 'Milliseconds for the TLS handshake.'),
  transferMs: range(1, longestAttemptMs, "Milliseconds from a response's first byte to its last."),
  totalMs: range(1, longestAttemptMs, 'Milliseconds for one attempt, all phases.'),
  decisiveMs: range(
    1,
    longestAttemptMs,
    'Milliseconds for one attempt of the few requests that decide between causes.',
  ),
  deadlineMs: range(1, longestCycleMs, 'Milliseconds for the whole cycle.'),
  slowMs: range(1, longestAttemptMs, 'Milliseconds after which a response is slow.'),
  headerBytes: range(KiB, MiB, "Bytes of a response's head."),
  bodyBytes: range(KiB, 16 * MiB, "Bytes of a response's body. The registration flow reads 8 MiB at least."),
  evidenceBytes: range(0, 64 * KiB, "Bytes to keep of a failing response's body."),
  redirects: range(0, 20, 'Redirects to follow.'),
  concurrency: range(1, 1_000, 'Requests in flight at once.'),
  confirmPauseMs: range(0, 60_000, 'Milliseconds before the retry of a failed request.'),
  addresses: range(1, 64, 'Addresses to try per name.'),
  nextAddressMs: range(1, 60_000, 'Milliseconds before trying the next address of a name.'),
  familyWaitMs: range(0, 10_000, 'Milliseconds to wait for the second address family.'),
  certificateDays: range(
    0,
    398,
    'Days before expiry from which a certificate counts as expiring soon; never more than a third of its lifetime.',
  ),
  cleanupReserveMs: range(0, longestCycleMs, "Milliseconds reserved at the cycle's end for the flow's clean-up."),
  pendingMs: range(0, longestAttemptMs, 'Milliseconds that the flow waits for a pending model version.'),
  // A cycle may take 15 minutes, and clocks may differ.
  leftOverMs: range(
    20 * 60_000,
    30 * 86_400_000,
    'Milliseconds after which objects that the flow created count as left over.',
  ),
};
