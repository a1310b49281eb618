import { appendFileSync, readFileSync } from 'node:fs';
import { deliver } from '../../../src/incidents/deliver.ts';
import { enqueue } from '../../../src/incidents/outbox.ts';
import { update } from '../../../src/incidents/remember.ts';
import type { Channel } from '../../../src/incidents/send.ts';
import type { IncidentStore } from '../../../src/incidents/store.ts';
import { countIn, withCount } from '../../incidents/counter.ts';
import { incidentEvent } from '../../incidents/events.ts';

const environment = 'development';
const channelNames = ['sns', 'chat'];

/** What the cycles of a run bring: `a` opens together with `b`, then `a` is resolved. */
const cycles = [[incidentEvent('a', 1), incidentEvent('b', 1)], [incidentEvent('a', 2, 'resolved')]];
/** All that people must get, as the log of the channels has it. */
export const due = channelNames.flatMap((name) => cycles.flat().map(({ id }) => `${name} ${id}`));

export interface Run {
  readonly store: IncidentStore;
  /** A file: what the channels have taken, a line each. It outlives the process, as people's memory does. */
  readonly log: string;
  readonly now: () => number;
  /** Called when a channel has taken something. */
  readonly onSent?: (what: string) => void;
}

/** Cycle after cycle, each followed by a delivery; goes on where an earlier run has ended. */
export const run = async ({ store, log, now, onSent = () => {} }: Run): Promise<void> => {
  const channels = channelNames.map(
    (name): Channel => ({
      name,
      send: async ({ id }) => {
        appendFileSync(log, `${name} ${id}\n`);
        onSent(`${name} has taken ${id}`);
      },
    }),
  );
  const memory = { store, environment, now };
  for (const [index, events] of cycles.entries()) {
    await update({ ...memory, channels: channelNames }, (state) =>
      countIn(state) > index + 1 ? state : enqueue(withCount(state, index + 2), events, channelNames).state,
    );
    await deliver({ ...memory, channels, runId: 'a-run', signal: new AbortController().signal });
  }
};

export const linesOf = (log: string): readonly string[] => readFileSync(log, 'utf8').split('\n').filter(Boolean);
