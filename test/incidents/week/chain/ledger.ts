import { isDeepStrictEqual } from 'node:util';
import type { Cycle, IncidentRules } from '../../../../src/incidents/cycle.ts';
import type { IncidentEvent } from '../../../../src/model/incident.ts';
import { Model } from '../model/model.ts';
import { Names, wordsOfEvent } from '../words.ts';

interface Delivery {
  readonly channel: string;
  readonly event: IncidentEvent;
  readonly run: string;
}

/** What the outside world saw of a week: what was stored, and what reached whom. */
export class Ledger {
  readonly #model = new Model();
  readonly #names = new Names();
  /** Where what was stored is something else than the text promises. */
  readonly differences: string[] = [];
  readonly events: IncidentEvent[] = [];
  /** Given up for want of room. */
  readonly dropped = new Set<string>();
  readonly #stored = new Map<string, IncidentEvent>();
  readonly deliveries: Delivery[] = [];
  /** Sent, and not stored at that time, or not like this. */
  readonly invented: string[] = [];
  /** Runs that ended before they could write down what they had sent. */
  readonly cutShort = new Set<string>();

  /** A cycle that was stored, with its events. What was not stored has not happened. */
  remember(cycle: Cycle, rules: IncidentRules, events: readonly IncidentEvent[]): void {
    const said = this.#model.step(cycle, rules);
    this.#names.learn(said, events);
    const expected = said.map((one) => this.#names.wordsOf(one)).toSorted();
    const told = events.map(wordsOfEvent).toSorted();
    if (expected.join('\n') !== told.join('\n'))
      this.differences.push(`${cycle.runId}: ${told.join(' · ')}; should be: ${expected.join(' · ')}`);
    this.events.push(...events);
    for (const event of events) this.#stored.set(event.id, event);
  }

  deliver(channel: string, event: IncidentEvent, run: string): void {
    if (!isDeepStrictEqual(this.#stored.get(event.id), event)) this.invented.push(`${channel}: ${event.id}`);
    this.deliveries.push({ channel, event, run });
  }
}
