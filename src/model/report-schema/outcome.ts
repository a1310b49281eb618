import * as v from 'valibot';
import { hopLabels } from '../../platform/hops.ts';
import { phases } from '../phases.ts';
import { aspects } from '../target.ts';
import { toldCauses } from '../told-causes.ts';
import { evidence, timings } from './evidence.ts';
import { answeredBy, failureMode, keysOf, status } from './judged.ts';
import { flag, listOf, orNull, shown, text } from './parts.ts';

export const hop = v.picklist(keysOf(hopLabels));

/** A dependency and its state as a health route reports it. */
export const dependency = v.object({ name: v.string(), state: v.picklist(['healthy', 'degraded', 'unhealthy']) });

/** What the whole response says. Later stages read it here; the excerpt that is shown decides nothing. */
export const findings = v.object({
  /** What the response names as the cause of the failure; null if it names none or does not fail. */
  cause: orNull(v.picklist(toldCauses)),
  /** Dependencies that a health route names, unhealthy ones first; empty for any other response. */
  dependencies: listOf(dependency),
  /** Equal for all responses of one kind from one answerer; null without a complete response. */
  fingerprint: orNull(v.string()),
  /** A server behind the one that sent it wrote it: both left their `server` header. */
  relayed: flag,
  /** What the headers say about the sender: the products in `server`, without versions, and the media type; null without a response. */
  marks: orNull(v.object({ server: v.string(), type: v.string() })),
});

/** The request behind a failure. */
export const asked = v.object({
  /** `DNS`: a lookup; `TLS`: a certificate. */
  method: text,
  url: text,
  /** Without those that every request has. A secret is the name of the variable that holds it. */
  headers: shown(v.record(v.string(), v.string()), {}),
  body: orNull(v.string()),
  /** A command that asks it again, for a POSIX shell. */
  command: text,
});

const attemptFields = {
  status,
  failureMode,
  phase: orNull(v.picklist(phases)),
  hop: orNull(hop),
  answeredBy,
  httpStatus: orNull(v.number()),
  address: orNull(v.string()),
  timingsMs: timings,
  ...findings.entries,
  evidence,
  /** What was asked. Absent: it passes, or nothing was sent. */
  asked: v.exactOptional(asked),
};

/** One attempt on a target, judged on its own. */
export const attempt = v.object({ ...attemptFields, answeredBy: shown(answeredBy, null) });

export const judgedFields = {
  ...attemptFields,
  /** Fails as it did in the baseline: not a symptom. */
  known: flag,
  /**
   * It is known, and still has to be repaired: `--baseline` or an open incident shows that it failed before, or it is a
   * step of the flow. Absent: not so. A known failure without it is an accepted deviation.
   */
  stillFailing: v.exactOptional(v.boolean()),
};

export const outcome = v.object({
  target: v.string(),
  host: v.string(),
  /** The aspect of the host that it looks at: its name, its certificate, the redirect from port 80, or what it serves. */
  aspect: shown(v.picklist(aspects), 'answer'),
  ...judgedFields,
  /** Milliseconds that it normally takes: at this hour by earlier cycles, or in the baseline; absent: not known. */
  normalMs: v.exactOptional(v.number()),
  /** All attempts, in order; empty if nothing was asked. The outcome's own fields are those of the decisive attempt. */
  attempts: v.array(attempt),
});
