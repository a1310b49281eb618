import * as v from 'valibot';
import { url } from './url.ts';
import { duration, key, matching, text, whole } from './value.ts';

/** Sections that are fixed and checked already, and used by a later version only (unused.ts says so). */

export const registration = v.strictObject({
  enabled: key(v.boolean(), 'Whether the model-registration flow runs.'),
  modelPrefix: key(
    // What begins with it is deleted: an empty prefix would be every model.
    matching(/^[A-Za-z0-9][A-Za-z0-9._-]{2,99}$/, 'model-prefix'),
    'Begins the name of every model that the flow makes, and deletes again.',
  ),
  experiment: key(v.pipe(text(250), v.regex(/\S/, 'experiment')), 'Experiment that the flow writes to.'),
  through: key(url, 'The way that users go: …/api/2.0/mlflow/* below it.'),
  cleanupThrough: key(
    v.pipe(v.array(url), v.maxLength(10)),
    'Ways to delete by when the one above cannot, tried in this order.',
  ),
});

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
