import type { Random } from '../random.ts';

interface Outage {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What goes wrong on the way from a cycle to people. */
export interface Mishaps {
  readonly store: readonly Outage[];
  /** For each channel. */
  readonly channels: Readonly<Record<string, readonly Outage[]>>;
}

const minuteMs = 60_000;

const outages = (random: Random, fromMs: number, toMs: number, everyMinutes: number): readonly Outage[] => {
  const found: Outage[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += random.spread(everyMinutes / 4, everyMinutes * 4) * minuteMs) {
    const outage = { fromMs: atMs, toMs: atMs + random.spread(1, 150) * minuteMs };
    found.push(outage);
    atMs = outage.toMs;
  }
  return found;
};

export const mishapsOf = (random: Random, channels: readonly string[], fromMs: number, toMs: number): Mishaps => ({
  store: outages(random, fromMs, toMs, 400),
  channels: Object.fromEntries(channels.map((name) => [name, outages(random, fromMs, toMs, 200)])),
});

export const isOut = (all: readonly Outage[], atMs: number): boolean =>
  all.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
