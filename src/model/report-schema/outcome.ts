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
    'What the answer says is behind the failure; null: it does not tell, or does not fail.',
  ),
  dependencies: described(listOf(dependency), 'Those that a health route names, unhealthy ones first.'),
  fingerprint: described(
    orNull(v.string()),
    'The same for all answers of one kind by one answerer; null: there was no whole answer.',
  ),
  evidence,
};

const known = described(flag, 'Fails as it did in the baseline: no symptom.');

/** One attempt on a target, judged on its own. */
export const attempt = v.object({ ...attemptFields, answeredBy: shown(answeredBy, null) });

export const judgedFields = { ...attemptFields, known };

export const outcome = v.object({
  target: v.string(),
  host: v.string(),
  aspect: described(
    shown(v.picklist(aspects), 'answer'),
    'What of the host it looks at: its name, its certificate, where port 80 leads to, or what it serves.',
  ),
  ...judgedFields,
  attempts: described(
    v.array(attempt),
    'All attempts, in order; empty when nothing was asked. The outcome’s own fields are those of the decisive one.',
  ),
});
