import { randomUUID } from 'node:crypto';
import { type Claim, claimed, claimMs, settled } from './claims.ts';
import { type Memory, update } from './remember.ts';
import { type Channel, sendAll } from './send.ts';

/** One attempt at one channel, ms. A claim outlives several. */
const defaultSendLimitMs = 10_000;

export interface DeliveryOptions extends Omit<Memory, 'channels'> {
  /** All that are configured: what waits for another one is not sent any more. */
  readonly channels: readonly Channel[];
  readonly runId: string;
  /** Ends the sending; what was sent is written down after that, which takes a moment. */
  readonly signal: AbortSignal;
  readonly sendLimitMs?: number;
}

export interface Delivered {
  /** Events times channels. */
  readonly sent: number;
  readonly failed: readonly { readonly event: string; readonly channel: string; readonly reason: string }[];
  /** Events that still have to reach somebody: refused, behind one that was, or being sent by another run. */
  readonly waiting: number;
}

/**
 * Sends what waits in the outbox: claims it in one write, sends it, and takes off what was taken in another one. Killed in
 * between, it leaves the claim, which ends after a minute; the events are then sent again, with the same ids.
 *
 * @throws StoreError; never for a channel's sake
 */
export const deliver = async (options: DeliveryOptions): Promise<Delivered> => {
  const { channels, now, runId, signal, sendLimitMs = defaultSendLimitMs } = options;
  const names = channels.map(({ name }) => name);
  const memory: Memory = { ...options, channels: names };
  // A run that is repeated under the same id is another one.
  const claim: Claim = { by: `${runId}/${randomUUID().slice(0, 8)}`, untilMs: now() + claimMs };

  const before = await update(memory, (state) => claimed(state, claim, now(), names));
  const ours = before.outbox.filter((waiting) => waiting.claim?.by === claim.by);
  if (ours.length === 0) return { sent: 0, failed: [], waiting: before.outbox.length };

  const inTime = (): boolean => now() + sendLimitMs <= claim.untilMs;
  const attempts = await sendAll(ours, channels, { signal, limitMs: sendLimitMs, inTime });

  const after = await update(memory, (state) => settled(state, claim.by, attempts));
  return {
    sent: attempts.filter(({ refusal }) => refusal === null).length,
    failed: attempts.flatMap(({ event, channel, refusal }) =>
      refusal === null ? [] : [{ event, channel, reason: refusal }],
    ),
    waiting: after.outbox.length,
  };
};
