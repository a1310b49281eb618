import type { State, Waiting } from './state.ts';

/** Longer than a delivery takes. After this time another run sends what a killed run had claimed. */
export const claimMs = 60_000;

export type Claim = NonNullable<Waiting['claim']>;

/** A claim that reaches more than two claim lengths ahead came from a wrong clock. */
const isLive = (claim: Claim | null, now: number): boolean =>
  claim !== null && claim.untilMs > now && claim.untilMs <= now + 2 * claimMs;

/**
 * Claims all events of every subject that no other run has claimed, so one run sends a subject's events in order. Drops
 * channels that are no longer configured. Returns the same state when nothing changes.
 */
export const claimed = (state: State, claim: Claim, now: number, channels: readonly string[]): State => {
  const busy = new Set(
    state.outbox
      .filter((waiting) => waiting.claim?.by !== claim.by && isLive(waiting.claim, now))
      .map(({ event }) => event.subject),
  );
  const isFree = ({ event }: Waiting): boolean => !busy.has(event.subject);
  if (!state.outbox.some(isFree)) return state;
  return {
    ...state,
    outbox: state.outbox.flatMap((waiting) => {
      if (!isFree(waiting)) return [waiting];
      const to = waiting.to.filter((name) => channels.includes(name));
      return to.length === 0 ? [] : [{ ...waiting, to, claim }];
    }),
  };
};

/** The result of sending one event to one channel. */
export interface Attempted {
  readonly event: string;
  readonly channel: string;
  /** Null: the channel accepted it. */
  readonly refusal: string | null;
}

/** Removes accepted deliveries, records refusals and releases the claim. Idempotent. */
export const settled = (state: State, by: string, attempts: readonly Attempted[]): State => ({
  ...state,
  outbox: state.outbox.flatMap((waiting) => {
    const tried = attempts.filter(({ event }) => event === waiting.event.id);
    const taken = tried.filter(({ refusal }) => refusal === null).map(({ channel }) => channel);
    const to = waiting.to.filter((name) => !taken.includes(name));
    if (to.length === 0) return [];
    const isOurs = waiting.claim?.by === by;
    const refused = isOurs ? tried.filter(({ refusal }) => refusal !== null) : [];
    const last = refused.at(-1);
    return [
      {
        ...waiting,
        to,
        takenBy: [...new Set([...waiting.takenBy, ...taken])],
        claim: isOurs ? null : waiting.claim,
        refusals: waiting.refusals + refused.length,
        lastRefusal: last === undefined ? waiting.lastRefusal : `${last.channel}: ${last.refusal}`,
      },
    ];
  }),
});
