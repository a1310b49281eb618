import * as v from 'valibot';
import { hopLabels } from '../../platform/hops.ts';
import { phases } from '../phases.ts';
import { aspects } from '../target.ts';
import { toldCauses } from '../told-causes.ts';
import { evidence, timings } from './evidence.ts';
import { answeredBy, failureMode, keysOf, status } from './judged.ts';
import { described, flag, listOf, orNull, shown } from './parts.ts';

export const hop = v.picklist(keysOf(hopLabels));

const dependency = v.object({ name: v.string(), state: v.picklist(['healthy', 'degraded', 'unhealthy']) });

const attemptFields = {
  status,
  failureMode,
  phase: orNull(v.picklist(phases)),
  hop: orNull(hop),
  answeredBy,
  httpStatus: orNull(v.number()),
  address: orNull(v.string()),
  timingsMs: timings,
  cause: described(
    orNull(v.picklist(toldCauses)),
    'The cause that the response gives for its failure; null: it gives none, or does not fail.',
  ),
  dependencies: described(listOf(dependency), 'Dependencies that a health route names, unhealthy ones first.'),
  fingerprint: described(
    orNull(v.string()),
    'Equal for all responses of one kind from one sender; null: no complete response.',
  ),
  evidence,
};

const known = described(flag, 'Fails as in the baseline, so it is not a symptom.');

/** One attempt on a target, judged on its own. */
export const attempt = v.object({ ...attemptFields, answeredBy: shown(answeredBy, null) });

export const judgedFields = { ...attemptFields, known };

export const outcome = v.object({
  target: v.string(),
  host: v.string(),
  aspect: described(
    shown(v.picklist(aspects), 'answer'),
    'The part of the host that it probes: its name, its certificate, the redirect from port 80, or its service.',
  ),
  ...judgedFields,
  attempts: described(
    v.array(attempt),
    'All attempts, in order; empty when no request was sent. The outcome’s own fields are those of the decisive attempt.',
  ),
});
