import * as v from 'valibot';
import { duration, key, whole } from './value.ts';

const cycles = whole(1, 1_000);

export const incidents = v.strictObject({
  open: key(
    v.strictObject({
      failures: v.pipe(cycles, v.description('Failing cycles that open an incident …')),
      of: v.pipe(cycles, v.description('… among so many of the last.')),
    }),
    'When an incident opens.',
  ),
  resolveAfter: key(cycles, 'Healthy cycles in a row that resolve an incident.'),
  remindEvery: key(duration, 'First pause between reminders of an open incident, such as 1h.'),
});
