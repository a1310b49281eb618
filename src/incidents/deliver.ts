import { randomUUID } from 'node:crypto';
import { TimeUp, within } from '../model/within.ts';
import { type Claim, claimed, claimMs, settled } from './claims.ts';
import { type Memory, update, updateStored } from './remember.ts';
import { type Channel, sendAll } from './send.ts';
import type { State } from './state.ts';
import { StoreError } from './store.ts';

/** One attempt at one channel, ms. A claim outlives several. */
const defaultSendLimitMs = 10_000;

/** For the state, where nothing else is said: a reading and a write of a slow store, and as long as a claim. */
const defaultStateLimitMs = 60_000;

export interface DeliveryOptions extends Omit<Memory, 'channels' | 'signal'> {
  /** All that are configured: what waits for another one is not sent any more. */
  readonly channels: readonly Channel[];
  readonly runId: string;
  /** Changes what is stored, in the write that claims: it saves one, and nobody can get in between. */
  readonly change?: (state: State) => State;
  /** Ends the sending; what was sent is written down after that, which takes a moment. */
  readonly signal: AbortSignal;
  readonly sendLimitMs?: number;
  /** For storing and claiming; and, asked when its turn comes, for writing down what was sent. Milliseconds. */
  readonly storeMs?: number;
  readonly receiptMs?: () => number;
}

export interface Delivered {
  /** Events times channels. */
  readonly sent: number;
  readonly failed: readonly { readonly event: string; readonly channel: string; readonly reason: string }[];
  /** Events that still have to reach somebody: refused, behind one that was, or being sent by another run. */
  readonly waiting: number;
}

/** Sent, and not written down as sent: it will be sent again, with the same ids. */
export class Unsettled extends StoreError {
  readonly delivered: Omit<Delivered, 'waiting'>;

  constructor({ trouble, message }: StoreError, delivered: Omit<Delivered, 'waiting'>) {
    super(trouble, message);
    this.delivered = delivered;
  }
}

/**
 * Sends what waits in the outbox: claims it in one write, sends it, and takes off what was taken in another one. Killed in
 * between, it leaves the claim, which ends after a minute; the events are then sent again, with the same ids.
 *
 * @throws StoreError; never for a channel's sake
 */
export const deliver = async (options: DeliveryOptions): Promise<Delivered> => {
  const { channels, change = asItIs, now, runId, signal, sendLimitMs = defaultSendLimitMs } = options;
  const { storeMs = defaultStateLimitMs, receiptMs = () => defaultStateLimitMs } = options;
  const names = channels.map(({ name }) => name);
  const memory = { ...options, channels: names };
  // A run that is repeated under the same id is another one.
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
      update({ ...memory, signal: ending, known }, (state) => settled(state, by, attempts)),
    );
    return { ...delivered, waiting: after.outbox.length };
  } catch (error) {
    throw error instanceof StoreError ? new Unsettled(error, delivered) : error;
  }
};

const asItIs = (state: State): State => state;

/** What takes too long is trouble with the store, too. @throws StoreError */
const inTime = async <T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  try {
    return await within({ failing: 'the incidents were not stored', ms }, work);
  } catch (error) {
    throw error instanceof TimeUp ? new StoreError('unavailable', error.message, { cause: error }) : error;
  }
};
