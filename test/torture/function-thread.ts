/** Runs a built function in a thread, as often as it is asked. */
import { parentPort, workerData } from 'node:worker_threads';

export interface ThreadData {
  /** Address of the function's file. */
  readonly file: string;
}

/** From its n-th reading on, the function's clock is this much later. */
export interface ClockFault {
  readonly reading: number;
  readonly lostMs: number;
}

export interface Invoke {
  readonly timeoutMs: number;
  readonly clock: ClockFault | null;
}

export type Ended =
  | { readonly kind: 'answer'; readonly value: { readonly verdict: string }; readonly readings: number }
  | { readonly kind: 'error'; readonly message: string; readonly readings: number };

type Handler = (event: unknown, context: unknown) => Promise<{ readonly verdict: string }>;

const { file } = workerData as ThreadData;
const { handler } = (await import(file)) as { readonly handler: Handler };

const invoke = async ({ timeoutMs, clock }: Invoke): Promise<Ended> => {
  const endsAt = performance.now() + timeoutMs;
  let readings = 0;
  const getRemainingTimeInMillis = (): number => {
    readings += 1;
    const left = endsAt - performance.now();
    if (clock === null || readings < clock.reading) return left;
    return Math.max(0, left - clock.lostMs);
  };
  try {
    return { kind: 'answer', value: await handler({}, { getRemainingTimeInMillis, awsRequestId: 'r' }), readings };
  } catch (error) {
    return { kind: 'error', message: error instanceof Error ? error.message : String(error), readings };
  }
};

parentPort?.on('message', (asked: Invoke) => void invoke(asked).then((ended) => parentPort?.postMessage(ended)));
parentPort?.postMessage('ready');
