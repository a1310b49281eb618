import type { Cycle, IncidentRules } from '../../../../src/incidents/cycle.ts';
import type { Mute } from '../../../../src/model/incident.ts';
import { beginning, causesOf, type Incident, isOver, join, minuteMs, see, sightingsOf } from './incident.ts';
import { added, beginningOf, isAbsent, kinOf, remaindersOf } from './kin.ts';
import { silencersOf } from './muting.ts';
import { tell, type Words } from './tell.ts';

export interface Said extends Words {
  /** Null: it concerns none. */
  readonly incident: Incident | null;
  /** Of an incident, as it is told. */
  readonly failingCycles: number;
  readonly causes: readonly string[];
  /** What a mute had kept silent. */
  readonly open: readonly Incident[];
}

const saidOfMonitor = (kind: string, open: readonly Incident[] = []): Said => ({
  kind,
  change: null,
  incident: null,
  failingCycles: 0,
  causes: [],
  open,
});

/**
 * What should be said, after docs/incidents.md and nothing else: slow, and as plain as the text. It keeps all that ever
 * happened, and decides by looking through it from scratch.
 */
export class Model {
  readonly #incidents: Incident[] = [];
  #blind: readonly boolean[] = [];
  #saidBlind = false;
  #last: Cycle | null = null;
  #commanded: readonly Mute[] = [];
  #mutesBefore: readonly Mute[] = [];
  #silencers: ReadonlyMap<Incident, readonly Mute[]> = new Map();

  /** Those that people know of, and that are not over. */
  get openAndTold(): readonly Incident[] {
    return this.#incidents.filter(({ phase, messages }) => phase === 'open' && messages.length > 0);
  }

  /** What `incidents mute` does. */
  mute(mutes: readonly Mute[]): void {
    this.#commanded = [...this.#commanded, ...mutes];
  }

  step(cycle: Cycle, rules: IncidentRules): readonly Said[] {
    if (!this.#counts(cycle)) return [];
    this.#last = cycle;
    const ofMonitor = this.#monitor(cycle, rules);
    return cycle.kind === 'blind' ? ofMonitor : [...ofMonitor, ...this.#see(cycle, rules)];
  }

  #counts({ kind, runId, startedAtMs }: Cycle): boolean {
    if (kind === 'unknown') return false;
    if (this.#last === null) return true;
    const { runId: lastRun, endedAtMs } = this.#last;
    return runId !== lastRun && (startedAtMs >= endedAtMs || startedAtMs < endedAtMs - 10 * minuteMs);
  }

  #monitor({ kind }: Cycle, { open, resolveAfter }: IncidentRules): readonly Said[] {
    this.#blind = [...this.#blind, kind === 'blind'];
    const blindLately = this.#blind.slice(-open.of).filter((blind) => blind).length;
    if (!this.#saidBlind && blindLately >= open.failures) {
      this.#saidBlind = true;
      return [saidOfMonitor('monitor-blind')];
    }
    const notBlind = this.#blind.length - 1 - this.#blind.lastIndexOf(true);
    if (!this.#saidBlind || notBlind < resolveAfter) return [];
    this.#saidBlind = false;
    this.#blind = [];
    return [saidOfMonitor('monitor-sees')];
  }

  #see(cycle: Cycle, rules: IncidentRules): readonly Said[] {
    const nowMs = cycle.startedAtMs;
    const isInForce = ({ until }: Mute): boolean => nowMs < Date.parse(until);
    this.#mark(cycle, rules);
    this.#commanded = this.#commanded.filter(isInForce);
    const mutes = [...rules.mutes.filter(isInForce), ...this.#commanded];
    const live = this.#incidents.filter(({ phase }) => phase !== 'gone');
    const told = live.flatMap((incident): readonly Said[] => {
      const words = tell(incident, nowMs, rules, mutes);
      if (words === null) return [];
      const causes = incident.messages.slice(-1).flatMap(({ shown }) => causesOf(shown));
      return [{ ...words, incident, causes, failingCycles: sightingsOf(incident).length, open: [] }];
    });
    const opened = told.flatMap(({ kind, incident }) => (kind === 'opened' && incident !== null ? incident : []));
    const over = this.#mutesBefore.filter((mute) => !isInForce(mute));
    const ended = over.map((mute) =>
      saidOfMonitor(
        'mute-ended',
        opened.filter((incident) => this.#silencers.get(incident)?.includes(mute) === true),
      ),
    );
    this.#mutesBefore = mutes;
    this.#silencers = new Map(
      live.filter(({ phase }) => phase === 'open').map((incident) => [incident, silencersOf(incident, mutes, rules)]),
    );
    return [...ended, ...told];
  }

  #mark({ startedAtMs, sightings, probed, passed }: Cycle, rules: IncidentRules): void {
    for (const incident of this.#incidents) if (isOver(incident, startedAtMs, rules)) incident.phase = 'gone';
    const look = { sightings, probed, passed, rules };
    const live = this.#incidents.filter(({ phase }) => phase !== 'gone');
    const chosen = kinOf(live, look);
    const remainders = remaindersOf(live, chosen, look);
    const marks = live.flatMap((incident) => (chosen.has(incident) || !isAbsent(incident, look) ? [] : incident));
    for (const [incident, sighting] of chosen) {
      const start = incident.phase === 'resolved' ? beginningOf(sighting, live, chosen, look) : undefined;
      if (start !== undefined) join(start, incident);
    }
    for (const incident of live.filter(({ phase }) => phase !== 'gone')) {
      const own = chosen.get(incident);
      const more = sightings.filter((one) => remainders.get(one) === incident);
      const absence = marks.includes(incident) ? 'absent' : 'unseen';
      see(
        incident,
        own === undefined
          ? { atMs: startedAtMs, sighting: null, mark: absence }
          : { atMs: startedAtMs, sighting: added(own, more), mark: 'present' },
      );
    }
    const owned = new Set([...chosen.values(), ...remainders.keys()]);
    for (const sighting of sightings)
      if (!owned.has(sighting)) this.#incidents.push(beginning(this.#incidents.length + 1, startedAtMs, sighting));
  }
}
