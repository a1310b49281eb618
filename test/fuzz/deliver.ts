import type { Socket } from 'node:net';
import type { Random } from './random.ts';

/** Packets that one answer is cut into at the most. */
const mostPackets = 5;

/** Writes bytes in one or several packets, and then closes, resets or leaves the connection open. */
export const deliver = (socket: Socket, bytes: Buffer, random: Random): void => {
  const ending = random.below(20);
  const packets = random.chance(50) ? 1 : 1 + random.below(mostPackets);
  const size = Math.max(1, Math.ceil(bytes.length / packets));
  const end = (): void => {
    if (ending === 0) socket.resetAndDestroy();
    else if (ending > 1) socket.end();
  };
  const next = (at: number): void => {
    if (socket.destroyed) return;
    socket.write(bytes.subarray(at, at + size));
    if (at + size < bytes.length) setImmediate(next, at + size);
    else end();
  };
  next(0);
};
