import { randomUUID } from 'node:crypto';
import { TimeUp, within } from '../model/within.ts';
import { type Claim, claimed, claimMs, settled } from './claims.ts';
import { type Memory, update, updateStored } from './remember.ts';
import { type Channel, sendAll } from './send.ts';
import type { State } from './state.ts';
import { StoreError } from './store.ts';
import { withAccepted } from './story.ts';

/** One attempt at one channel, ms. A claim lasts for several. */
const defaultSendLimitMs = 10_000;

/** Default time for the state, ms: a read and a write of a slow store, as long as a claim. */
const defaultStateLimitMs = 60_000;

export interface DeliveryOptions extends Omit<Memory, 'channels' | 'signal'> {
  /** All configured channels. Events that wait for any other channel are dropped. */
  readonly channels: readonly Channel[];
  readonly runId: string;
  /** Changes the stored state in the same write that claims. This saves a write and leaves no gap for other writers. */
  readonly change?: (state: State) => State;
  /** Ends the sending. Recording what was sent takes a moment longer. */
  readonly signal: AbortSignal;
  readonly sendLimitMs?: number;
  /** `storeMs`: for storing and claiming. `receiptMs`: for recording what was sent, asked when that step begins. */
  readonly storeMs?: number;
  readonly receiptMs?: () => number;
}

export interface Delivered {
  /** Events times channels. */
  readonly sent: number;
  readonly failed: readonly { readonly event: string; readonly channel: string; readonly reason: string }[];
  /** Events not yet delivered: refused, queued behind a refused one, or claimed by another run. */
  readonly waiting: number;
}

/** Sent but not recorded as sent. It will be sent again, with the same ids. */
export class Unsettled extends StoreError {
  readonly delivered: Omit<Delivered, 'waiting'>;

  constructor({ trouble, message }: StoreError, delivered: Omit<Delivered, 'waiting'>) {
    super(trouble, message);
    this.delivered = delivered;
  }
}

/**
 * Sends what waits in the outbox: claims it in one write, sends it, and removes what was accepted in a second write. If
 * the process is killed in between, the claim expires after a minute and the events are sent again with the same ids.
 *
 * @throws StoreError, never because a channel failed
 */
export const deliver = async (options: DeliveryOptions): Promise<Delivered> => {
  const { channels, change = asItIs, now, runId, signal, sendLimitMs = defaultSendLimitMs } = options;
  const { storeMs = defaultStateLimitMs, receiptMs = () => defaultStateLimitMs } = options;
  const names = channels.map(({ name }) => name);
  const memory = { ...options, channels: names };
  // A second run under the same id must not share the claim.
  const by = `${runId}/${randomUUID().slice(0, 8)}`;
  let claim: Claim = { by, untilMs: now() + claimMs };

  const before = await inTime(storeMs, (ending) =>
    updateStored({ ...memory, signal: ending }, (state) => {
      claim = { by, untilMs: now() + claimMs };
      return claimed(change(state), claim, now(), names);
    }),
  );
  const ours = before.state.outbox.filter((waiting) => waiting.claim?.by === by);
  if (ours.length === 0) return { sent: 0, failed: [], waiting: before.state.outbox.length };

  const isInTime = (): boolean => now() + sendLimitMs <= claim.untilMs;
  const attempts = await sendAll(ours, channels, { signal, limitMs: sendLimitMs, inTime: isInTime });
  const delivered = {
    sent: attempts.filter(({ refusal }) => refusal === null).length,
    failed: attempts.flatMap(({ event, channel, refusal }) =>
      refusal === null ? [] : [{ event, channel, reason: refusal }],
    ),
  };
  try {
    const known = before.version === null ? null : { state: before.state, version: before.version };
    const after = await inTime(receiptMs(), (ending) =>
      update({ ...memory, signal: ending, known }, (state) =>
        withAccepted(settled(state, by, attempts), attempts, now()),
      ),
    );
    return { ...delivered, waiting: after.outbox.length };
  } catch (error) {
    throw error instanceof StoreError ? new Unsettled(error, delivered) : error;
  }
};

const asItIs = (state: State): State => state;

/** A store that takes too long counts as a store failure. @throws StoreError */
const inTime = async <T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  try {
    return await within({ failing: 'the incidents were not stored', ms }, work);
  } catch (error) {
    throw error instanceof TimeUp ? new StoreError('unavailable', error.message, { cause: error }) : error;
  }
};
