import * as v from 'valibot';
import { awsConfirmation } from './aws-confirmation.ts';
import { baselineDoubt } from './baseline-doubt.ts';
import { diagnosis } from './diagnosis.ts';
import { followUp } from './follow-up.ts';
import { history } from './history.ts';
import { schemaVersion } from './judged.ts';
import { outcome } from './outcome.ts';
import { ids, listOf, moment, number, orNull, shown, text } from './parts.ts';
import { registration } from './registration.ts';

/** `still-failing`: nothing new fails, but known failures remain that have to be repaired. */
export const verdict = v.picklist(['healthy', 'degraded', 'still-failing', 'failing', 'inconclusive']);

/** No request got past this phase: the failures concern the network path from here, not the platform. */
export const blindness = v.object({
  phase: v.picklist(['resolve', 'connect', 'tls', 'processing']),
  /**
   * The target outside the platform that is stopped in the same way; null if there is none, so it may also be the whole
   * platform.
   */
  control: v.nullable(v.string()),
});

/** The version that check waited for. */
const awaited = v.object({
  version: v.string(),
  /** Whether every path that names a version served it in time. If not, the check fails. */
  served: v.boolean(),
  /** Milliseconds: the longest wait. */
  limitMs: v.number(),
});

const unknownProber = { name: 'unknown', version: 'unknown' };

const prober = v.object({
  name: v.string(),
  version: v.string(),
  /** The name of the machine. Absent: an earlier version. */
  host: v.exactOptional(v.string()),
});

/** The fields around a report's results. */
export const frame = v.object({
  runId: text,
  environment: shown(v.string(), 'unknown'),
  /** ISO 8601, UTC. */
  startedAt: shown(moment, ''),
  durationMs: number,
  /** Ids of requests that failed in the baseline and pass now. */
  recovered: listOf(v.string()),
  /** Why the baseline may be stale. Null: no reason to doubt it. Absent: an earlier version, which did not look. */
  baselineDoubt: v.exactOptional(v.nullable(baselineDoubt)),
  /** What earlier cycles say; null if they are not remembered. */
  history: orNull(history),
  /** The version that the check waited for. Absent or null: none. */
  awaited: v.exactOptional(orNull(awaited)),
  prober: shown(prober, unknownProber),
});

/** The report as published. */
export const report = v.object({
  schemaVersion,
  ...frame.entries,
  verdict,
  /** Why the monitor sees nothing; null if it sees. Decided once for the verdict, diagnosis and incidents. */
  blind: v.nullable(blindness),
  outcomes: v.array(outcome),
  /** The model-registration flow; null if it was left out. */
  registration: v.nullable(registration),
  /** Absent: nothing more was asked. */
  followUp: v.exactOptional(followUp),
  /** What may explain what was seen. */
  diagnosis,
  /** Known failures that remain to be repaired, and what may explain them. Absent: there are none. */
  stillFailing: v.exactOptional(v.object({ requests: ids, diagnosis })),
  /** What AWS says about the hypotheses, which the diagnosis has weighed; absent: it was not asked. */
  confirmation: v.exactOptional(awsConfirmation),
});
