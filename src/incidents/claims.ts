import type { State, Waiting } from './state.ts';

/** Longer than a delivery takes. What a killed one had claimed is sent by others after that. */
export const claimMs = 60_000;

export type Claim = NonNullable<Waiting['claim']>;

/** A claim for later than any clock could have given it, twice over, is of a clock that was wrong. */
const isLive = (claim: Claim | null, now: number): boolean =>
  claim !== null && claim.untilMs > now && claim.untilMs <= now + 2 * claimMs;

/**
 * Claims all events of those subjects of which nobody else is at one: so who has claimed may send them in order. Channels
 * that are not configured any more are taken off them. Gives back the same state when there is nothing to do.
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

/** What became of one event at one channel. */
export interface Attempted {
  readonly event: string;
  readonly channel: string;
  /** Null: it was taken. */
  readonly refusal: string | null;
}

/** Takes off what was taken, notes what was refused, gives up the claim. Says the same when it is applied twice. */
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
