import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import type { GenerationName } from '../sandbox/generations.ts';
import { openSandboxThread, type SandboxThread } from '../sandbox/start-thread.ts';

/** A change to a platform before the check. */
export interface Injection {
  readonly generation: GenerationName;
  /** Injected in this order or, if that is impossible, in reverse. Empty: a healthy platform. */
  readonly faults: readonly string[];
}

export interface Checked {
  readonly report: Report;
  readonly targets: readonly Target[];
}

/** One cycle against the platform of this configuration. */
export type Check = (configurationFile: string) => Promise<Checked>;

export type Trial =
  | ({
      readonly kind: 'checked';
      /** The worst event loop lag of sandbox or prober, in ms. */
      readonly lateMs: number;
    } & Checked)
  | { readonly kind: 'refused'; readonly reason: string };

/** Runs one sandbox after the other. */
export interface Site {
  /** @throws what the check throws: the monitor itself has failed. */
  try(injection: Injection): Promise<Trial>;
  close(): Promise<void>;
}

/** A sandbox that has not closed by then is stuck, and its thread is abandoned. */
const closeMs = 10_000;

export const openSite = (pace: number, check: Check): Site => {
  let thread: SandboxThread | null = null;
  const giveUp = async (): Promise<void> => {
    await thread?.end();
    thread = null;
  };
  const once = async ({ generation, faults }: Injection): Promise<Trial> => {
    thread ??= openSandboxThread();
    const started = await thread
      .start({ options: { generation, mlflowUrl: null, pace }, faultIds: faults })
      .catch(reasonOf);
    if (typeof started === 'string') {
      await giveUp();
      return { kind: 'refused', reason: started };
    }
    const checked = await check(started.configurationFile);
    const stuck = new AbortController();
    const lateMs = await Promise.race([started.close(), after(closeMs, stuck.signal)])
      .catch(reasonOf)
      .finally(() => stuck.abort());
    if (typeof lateMs !== 'number') await giveUp();
    if (typeof lateMs === 'string') return { kind: 'refused', reason: lateMs };
    return { kind: 'checked', ...checked, lateMs: Math.max(lateMs ?? 0, latenessOf(checked.report)) };
  };
  return {
    try: async (injection) => {
      const first = await once(injection);
      if (first.kind === 'checked' || injection.faults.length < 2) return first;
      return once({ ...injection, faults: injection.faults.toReversed() });
    },
    close: giveUp,
  };
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const after = (ms: number, signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });

const latenessOf = (report: Report): number =>
  requests(report)
    .flatMap((one) => (one.kind === 'target' ? one.attempts : []))
    .reduce((worst, { evidence }) => Math.max(worst, evidence.loopLateMs), 0);
