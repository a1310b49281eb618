import { advance } from '../../../src/incidents/advance.ts';
import { emptyState, type State } from '../../../src/incidents/state.ts';
import type { IncidentEvent } from '../../../src/model/incident.ts';
import { describeDifference } from './difference.ts';
import { Model } from './model/model.ts';
import type { Week } from './week.ts';
import { Names, wordsOfEvent } from './words.ts';

/** What was told in a week, and where it first was something else than the text promises; null: nowhere. */
export interface Comparison {
  readonly events: readonly IncidentEvent[];
  readonly difference: string | null;
}

/** Plays a week by the engine and by the model, side by side, up to the first difference. */
export const compare = (week: Week): Comparison => {
  const model = new Model();
  const names = new Names();
  const events: IncidentEvent[] = [];
  let state = emptyState('development');
  for (const [index, { cycle, rules, muted, acknowledged }] of week.steps.entries()) {
    model.mute(muted);
    state = { ...state, mutes: [...state.mutes, ...muted] };
    const known = model.openAndTold;
    const seenTo = acknowledged === null ? undefined : known[acknowledged % Math.max(1, known.length)];
    if (seenTo !== undefined) {
      seenTo.acknowledged = true;
      state = acknowledge(state, names.of(seenTo));
    }
    const said = model.step(cycle, rules);
    const step = advance(state, cycle, rules);
    state = step.state;
    names.learn(said, step.events);
    const expected = said.map((one) => names.wordsOf(one)).toSorted();
    const told = step.events.map(wordsOfEvent).toSorted();
    if (expected.join('\n') !== told.join('\n'))
      return { events, difference: describeDifference(week, index, { expected, told, before: events }) };
    events.push(...step.events);
  }
  return { events, difference: null };
};

const acknowledge = (state: State, id: string): State => ({
  ...state,
  tracked: state.tracked.map((one) =>
    one.view.id === id
      ? { ...one, view: { ...one.view, acknowledged: { at: '2026-11-21T03:00:00.000Z', by: 'ada' } } }
      : one,
  ),
});
