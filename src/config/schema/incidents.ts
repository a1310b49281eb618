import * as v from 'valibot';
import { severities } from '../../model/severities.ts';
import type { Format } from '../format.ts';
import { momentPattern, parseMoment } from '../moment.ts';
import { duration, key, text, whole } from './value.ts';

const cycles = whole(1, 1_000);

/** The zone is required: without it a mute could end hours early. */
const moment = v.pipe(
  v.string('moment' satisfies Format),
  v.regex(momentPattern, 'moment' satisfies Format),
  v.check((when) => parseMoment(when) !== null, 'moment' satisfies Format),
);

const mute = v.strictObject({
  target: key(text(100), 'Id of a target; registration.<step> of a step of the flow …'),
  host: key(text(100), '… or a host role, or registration for the flow …'),
  hypothesis: key(text(100), '… or a hypothesis.'),
  until: v.pipe(moment, v.description('End of the mute, such as 2026-11-22T06:00Z.')),
  reason: key(text(200), 'The reason, shown in the list and when the mute ends.'),
});

export const incidents = v.strictObject({
  open: key(
    v.strictObject({
      failures: v.pipe(cycles, v.description('Failing cycles that open an incident …')),
      of: v.pipe(cycles, v.description('… out of this many recent cycles.')),
    }),
    'When an incident opens. Default: 2 of 3.',
  ),
  resolveAfter: key(cycles, 'Healthy cycles in a row that resolve an incident. Default: 2.'),
  remindEvery: key(duration, 'First pause between reminders of an open incident. Default: 1h.'),
  recheckEvery: key(duration, 'Time between two looks at what fails, between cycles. Default: 10s.'),
  openAtOnce: key(
    v.pipe(v.array(text(100)), v.maxLength(100)),
    'Targets, hosts, or registration: a failure there opens an incident in its first cycle. Default: none.',
  ),
  severity: key(
    v.pipe(v.record(v.string(), v.picklist(severities)), v.maxEntries(1_000)),
    'critical, warning or notice, by target, host, registration or hypothesis.',
  ),
  mute: key(
    v.pipe(v.array(mute), v.maxLength(100)),
    'Mutes: targets, hosts or hypotheses that are not reported until a given time.',
  ),
});

export type IncidentsSection = v.InferOutput<typeof incidents>;
