import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

export interface Blackhole {
  readonly port: number;
  close(): Promise<void>;
}

/** Connections that fill the queue of a listener with a backlog of one. The kernel queues one or two more than requested. */
const fillers = 6;

/**
 * An address that never completes a connection, as behind a security group that drops packets: a listener that never
 * accepts and whose queue is full. Its thread sleeps, so that it never accepts; no privileges needed.
 */
export const startBlackhole = async (host: string, port: number): Promise<Blackhole> => {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    const server = require('node:net').createServer();
    server.on('error', (error) => parentPort.postMessage({ error: error.message }));
    server.listen({ port: workerData.port, host: workerData.host, backlog: 1 }, () => {
      parentPort.postMessage({ port: server.address().port });
      Atomics.wait(new Int32Array(workerData.never), 0, 0);
    });`;
  const worker = new Worker(code, { eval: true, workerData: { host, port, never: new SharedArrayBuffer(4) } });
  const answer = await new Promise<{ readonly port?: number; readonly error?: string }>((resolve) =>
    worker.once('message', resolve),
  );
  const taken = answer.port;
  if (taken === undefined) {
    await worker.terminate();
    throw new Error(`cannot listen on ${host}:${port}: ${answer.error ?? 'no reason given'}`);
  }
  const queue: readonly Socket[] = Array.from({ length: fillers }, () => connect({ host, port: taken }));
  for (const socket of queue) socket.on('error', () => undefined);
  await queueFull(queue);
  return {
    port: taken,
    close: async () => {
      for (const socket of queue) socket.destroy();
      await worker.terminate();
    },
  };
};

/** The queue is full once some of many connections are established and no further one follows for a while. */
const queueFull = async (queue: readonly Socket[]): Promise<void> => {
  const settleMs = 40;
  let before = -1;
  for (;;) {
    const connected = queue.filter((socket) => !socket.connecting).length;
    if (connected > 0 && connected === before) return;
    before = connected;
    await new Promise((resolve) => setTimeout(resolve, settleMs));
  }
};
