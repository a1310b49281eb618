import * as v from 'valibot';
import { severities } from '../../model/incident.ts';
import type { Format } from '../format.ts';
import { momentPattern, parseMoment } from '../moment.ts';
import { duration, key, text, whole } from './value.ts';

const cycles = whole(1, 1_000);

/** With its zone, so that nobody's maintenance ends hours early. */
const moment = v.pipe(
  v.string('moment' satisfies Format),
  v.regex(momentPattern, 'moment' satisfies Format),
  v.check((when) => parseMoment(when) !== null, 'moment' satisfies Format),
);

const mute = v.strictObject({
  target: key(text(100), 'Id of a target; registration.<step> of a step of the flow …'),
  host: key(text(100), '… or a host role, or registration for the flow …'),
  hypothesis: key(text(100), '… or a hypothesis.'),
  until: v.pipe(moment, v.description('Until when, such as 2026-11-22T06:00Z.')),
  reason: key(text(200), 'Why, for who reads of its end.'),
});

export const incidents = v.strictObject({
  open: key(
    v.strictObject({
      failures: v.pipe(cycles, v.description('Failing cycles that open an incident …')),
      of: v.pipe(cycles, v.description('… among so many of the last.')),
    }),
    'When an incident opens. Default: 2 of 3.',
  ),
  resolveAfter: key(cycles, 'Healthy cycles in a row that resolve an incident. Default: 2.'),
  remindEvery: key(duration, 'First pause between reminders of an open incident. Default: 1h.'),
  openAtOnce: key(
    v.pipe(v.array(text(100)), v.maxLength(100)),
    'Targets, hosts, or registration: what fails there opens at its first failing cycle. Default: none.',
  ),
  severity: key(
    v.pipe(v.record(v.string(), v.picklist(severities)), v.maxEntries(1_000)),
    'critical, warning or notice, by target, host, registration or hypothesis.',
  ),
  mute: key(v.pipe(v.array(mute), v.maxLength(100)), 'What is not told for some time.'),
});

export type IncidentsSection = v.InferOutput<typeof incidents>;
