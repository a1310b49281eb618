import type { IncidentEvent } from '../../../src/model/incident.ts';
import type { Incident } from './model/incident.ts';
import type { Said } from './model/model.ts';

/** What a message says that a model can know: whom it concerns, what changed, since when and for how long. */
export const wordsOfEvent = (event: IncidentEvent): string => {
  switch (event.kind) {
    case 'mute-ended':
      return `mute-ended: ${event.open.toSorted().join(', ')}`;
    case 'monitor-blind':
    case 'monitor-sees':
    case 'state-lost':
      return event.kind;
    default: {
      const { startedAt, failingCycles, returns, causes } = event.incident;
      const named = causes.map(({ id }) => id).join(' or ');
      return `${event.subject} ${wordsOfChange(event)} (${named}), since ${startedAt}, ${failingCycles} failing, ${returns} returns`;
    }
  }
};

export const wordsOfChange = (event: IncidentEvent): string => {
  if (event.kind === 'resolved') return `resolved at ${event.incident.resolvedAt}`;
  if (event.kind !== 'updated') return event.kind;
  const { change } = event;
  switch (change.kind) {
    case 'returned':
      return 'updated returned';
    case 'worse':
      return `updated worse from ${change.from}`;
    default:
      return `updated ${change.kind} from ${change.from.join(' or ')}`;
  }
};

/** An incident of the model goes by the name that the engine gave it in its first message, and no other does. */
export class Names {
  readonly #names = new Map<Incident, string>();

  of(incident: Incident): string {
    return this.#names.get(incident) ?? `incident ${incident.number}`;
  }

  learn(said: readonly Said[], events: readonly IncidentEvent[]): void {
    for (const { incident, kind } of said) {
      if (incident === null || this.#names.has(incident)) continue;
      const known = new Set(this.#names.values());
      const startedAt = new Date(incident.beganAtMs).toISOString();
      const first = events.find(
        (event) =>
          event.kind === kind &&
          'incident' in event &&
          !known.has(event.subject) &&
          event.incident.startedAt === startedAt,
      );
      if (first !== undefined) this.#names.set(incident, first.subject);
    }
  }

  wordsOf({ kind, change, incident, causes, failingCycles, open }: Said): string {
    if (kind === 'mute-ended')
      return `mute-ended: ${open
        .map((one) => this.of(one))
        .toSorted()
        .join(', ')}`;
    if (incident === null) return kind;
    const since = new Date(incident.beganAtMs).toISOString();
    return `${this.of(incident)} ${kind}${change === null ? '' : ` ${change}`} (${causes.join(' or ')}), since ${since}, ${failingCycles} failing, ${incident.returns} returns`;
  }
}
