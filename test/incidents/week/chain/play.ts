import { advance } from '../../../../src/incidents/advance.ts';
import { deliver } from '../../../../src/incidents/deliver.ts';
import { enqueue } from '../../../../src/incidents/outbox.ts';
import { type Memory, update } from '../../../../src/incidents/remember.ts';
import type { Channel } from '../../../../src/incidents/send.ts';
import { type IncidentStore, StoreError } from '../../../../src/incidents/store.ts';
import { createMemoryStore } from '../../../../src/incidents/stores/memory.ts';
import type { IncidentEvent } from '../../../../src/model/incident.ts';
import { type Random, randomOf } from '../random.ts';
import type { Step, Week } from '../week.ts';
import { type Findings, findingsOf } from './findings.ts';
import { Ledger } from './ledger.ts';
import { isOut, type Mishaps, mishapsOf } from './mishaps.ts';
import { Killed, Mortal } from './mortal.ts';

const environment = 'development';
const channelNames = ['sns', 'chat'];
const minuteMs = 60_000;

export interface Played {
  readonly findings: Findings;
  readonly figures: {
    readonly runs: number;
    readonly stored: number;
    readonly kills: number;
    readonly storeFailures: number;
    readonly refusals: number;
    readonly messages: number;
    readonly deliveries: number;
    readonly repeats: number;
    readonly dropped: number;
  };
}

/** The whole way of a week, from the cycles to two channels, while stores and channels fail and processes are killed. */
export const playChain = async (week: Week): Promise<Played> => {
  const world = new World(week);
  let group: Step[] = [];
  for (const step of week.steps) {
    group.push(step);
    if (world.random.chance(0.15)) continue;
    await world.overlapping(group);
    group = [];
  }
  await world.overlapping(group);
  await world.settle();
  return world.result(week);
};

class World {
  readonly random: Random;
  readonly #store: IncidentStore = createMemoryStore();
  readonly #ledger = new Ledger();
  readonly #mishaps: Mishaps;
  /** The clock that the monitor goes by, and the true one. */
  #nowMs = 0;
  #trueMs = 0;
  #isCalm = false;
  readonly #counts = { stored: 0, kills: 0, storeFailures: 0, refusals: 0 };

  constructor({ seed, steps }: Week) {
    this.random = randomOf(seed + 1_000_000);
    const fromMs = steps[0]?.endsAtMs ?? 0;
    this.#mishaps = mishapsOf(this.random, channelNames, fromMs + 30 * minuteMs, steps.at(-1)?.endsAtMs ?? fromMs);
  }

  /** Runs that end at about the same time: they load, store and send in between each other. */
  async overlapping(steps: readonly Step[]): Promise<void> {
    const last = steps.at(-1);
    if (last === undefined) return;
    this.#trueMs = last.endsAtMs;
    this.#nowMs = last.cycle.endedAtMs;
    await Promise.all(steps.map((step, index) => this.#run(step, `${last.endsAtMs}-${index}`)));
  }

  /** All works again, until nothing waits. */
  async settle(): Promise<void> {
    this.#isCalm = true;
    for (let round = 0; round < 5; round += 1) {
      this.#nowMs += 2 * minuteMs;
      await this.#deliver(new Mortal(this.random, Number.POSITIVE_INFINITY), `settle-${round}`);
    }
  }

  result(week: Week): Played {
    const { deliveries, events, dropped } = this.#ledger;
    const different = new Set(deliveries.map(({ channel, event }) => `${channel} ${event.id}`));
    return {
      findings: findingsOf(this.#ledger, channelNames),
      figures: {
        runs: week.steps.length,
        ...this.#counts,
        messages: events.length,
        deliveries: deliveries.length,
        repeats: deliveries.length - different.size,
        dropped: dropped.size,
      },
    };
  }

  async #run(step: Step, run: string): Promise<void> {
    const mortal = new Mortal(
      this.random,
      this.random.chance(0.02) ? this.random.between(1, 20) : Number.POSITIVE_INFINITY,
    );
    try {
      await this.#remember(step, mortal);
      await this.#deliver(mortal, run);
    } catch (error) {
      if (!(error instanceof StoreError) && !(error instanceof Killed)) throw error;
    }
    if (mortal.isDead) this.#counts.kills += 1;
  }

  async #remember({ cycle, rules }: Step, mortal: Mortal): Promise<void> {
    let events: readonly IncidentEvent[] = [];
    // What does not count is not written: the state that said so may be an old one by the time that others have written.
    const written = (): void => {
      this.#ledger.remember(cycle, rules, events);
      this.#counts.stored += 1;
    };
    await update(this.#memory(mortal, written), (state) => {
      const next = advance(state, cycle, rules);
      events = next.events;
      const queued = enqueue(next.state, events, channelNames);
      for (const { event } of queued.dropped) this.#ledger.dropped.add(event.id);
      return queued.state;
    });
  }

  async #deliver(mortal: Mortal, run: string): Promise<void> {
    const channels = channelNames.map((name) => this.#channel(name, mortal, run));
    try {
      await deliver({ ...this.#memory(mortal, () => {}), channels, runId: run, signal: new AbortController().signal });
    } catch (error) {
      this.#ledger.cutShort.add(run);
      throw error;
    }
  }

  #memory(mortal: Mortal, written: () => void): Memory {
    return {
      store: this.#storeFor(mortal, written),
      environment,
      channels: channelNames,
      now: () => this.#nowMs,
      pause: async () => {},
    };
  }

  #storeFor(mortal: Mortal, written: () => void): IncidentStore {
    const reach = (): void => {
      const isLost = !this.#isCalm && this.random.chance(0.002);
      if (!isLost && (this.#isCalm || !isOut(this.#mishaps.store, this.#trueMs))) return;
      this.#counts.storeFailures += 1;
      throw new StoreError('unavailable', 'no answer');
    };
    return {
      load: (of) =>
        mortal.act(async () => {
          reach();
          return this.#store.load(of);
        }),
      save: (state, expected) =>
        mortal.act(async () => {
          reach();
          const isWritten = await this.#store.save(state, expected);
          if (isWritten) written();
          // Written, and the answer is lost.
          reach();
          return isWritten;
        }),
      putAside: (of) => this.#store.putAside(of),
    };
  }

  #channel(name: string, mortal: Mortal, run: string): Channel {
    return {
      name,
      send: (event) =>
        mortal.act(async () => {
          const isRefused = isOut(this.#mishaps.channels[name] ?? [], this.#trueMs) || this.random.chance(0.02);
          if (isRefused && !this.#isCalm) {
            this.#counts.refusals += 1;
            throw new Error('refused');
          }
          this.#ledger.deliver(name, event, run);
        }),
    };
  }
}
