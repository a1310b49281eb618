import type { Cycle } from '../../../src/incidents/cycle.ts';
import type { Week } from './week.ts';

/** Datapoints of which all must fail. */
const inARow = 3;

/**
 * Messages of one plain alarm for each target, as CloudWatch would send them: one when three datapoints in a row fail (3
 * of 3), one when the newest of them does not. A cycle that did not see the target has no datapoint, and changes nothing.
 * What the alarms of a blind monitor would add is left out.
 */
export const plainAlarmMessages = (cycles: readonly Cycle[]): number => {
  const failures = new Map<string, number>();
  let messages = 0;
  for (const { sightings, passed } of cycles) {
    const failing = sightings.flatMap(({ affected }) =>
      affected.flatMap(({ id, status }) => (status === 'fail' ? id : [])),
    );
    const degraded = sightings.flatMap(({ affected }) =>
      affected.flatMap(({ id, status }) => (status === 'degraded' ? id : [])),
    );
    for (const id of new Set(failing)) {
      const count = (failures.get(id) ?? 0) + 1;
      failures.set(id, count);
      if (count === inARow) messages += 1;
    }
    for (const id of [...passed, ...degraded]) {
      if ((failures.get(id) ?? 0) >= inARow) messages += 1;
      failures.set(id, 0);
    }
  }
  return messages;
};

/** The runs of the schedule: none twice, none beside another. */
export const scheduled = ({ steps }: Week): readonly Cycle[] => {
  const runs = new Map(steps.map(({ cycle }) => [cycle.runId, cycle]));
  return [...runs.values()].filter(({ runId }) => !runId.endsWith('-other'));
};
