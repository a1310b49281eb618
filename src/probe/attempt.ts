import type { AttemptFailure } from '../model/observation.ts';
import type { Phase, TimedPhase } from '../model/phases.ts';
import { Raw } from '../raw/raw.ts';

/** Ends an attempt with the phase that failed and the error code of the cause. Never leaves `probe/`. */
export class PhaseFailure extends Error implements AttemptFailure<Raw> {
  readonly phase: Phase;
  readonly code: string;
  readonly detail: Raw;

  /** @param detail our own words; raw if it quotes the other side */
  constructor(phase: Phase, code: string, detail: string | Raw) {
    super(`${phase}: ${code}`);
    this.phase = phase;
    this.code = code;
    this.detail = typeof detail === 'string' ? Raw.from(detail) : detail;
  }
}

/** Code and message of an error from a system call, OpenSSL or undici. The message may quote the other side. */
export const describeError = (error: unknown): { readonly code: string; readonly detail: Raw } => {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', detail: Raw.from(String(error)) };
  const { code } = error as NodeJS.ErrnoException;
  return {
    code: typeof code === 'string' && code !== '' ? code : error.name,
    detail: Raw.from(openSslReason(error) ?? error.message),
  };
};

/** OpenSSL's message names a thread and a source line. Its reason is the part that helps a reader. */
const openSslReason = (error: Error): string | null => {
  const { reason, library } = error as { readonly reason?: unknown; readonly library?: unknown };
  if (typeof reason !== 'string' || typeof library !== 'string') return null;
  const alert = /SSL alert number (\d+)/.exec(error.message)?.[1];
  return alert === undefined ? reason : `${reason} (alert ${alert})`;
};

/**
 * Clock and limits of one attempt: how long each phase took, and when the attempt must end. All times are milliseconds
 * of the monotonic clock.
 */
export class Attempt {
  readonly #timings: Record<TimedPhase | 'total', number | null> = {
    resolve: null,
    connect: null,
    tls: null,
    processing: null,
    transfer: null,
    total: null,
  };
  readonly #timeoutMs: number;
  readonly #cycleEndsAt: number;
  readonly #startedAt: number;
  readonly #endsAt: number;
  /** True if the cycle ends before the attempt's own limit. A request cut off then is inconclusive, not slow. */
  readonly #cutByCycle: boolean;
  readonly #stop: AbortSignal;

  /** @param stop ends the attempt at once; whatever it has not seen by then is inconclusive */
  constructor(timeoutMs: number, cycleEndsAt: number, stop: AbortSignal, startedAt = performance.now()) {
    this.#timeoutMs = timeoutMs;
    this.#cycleEndsAt = cycleEndsAt;
    this.#startedAt = startedAt;
    this.#stop = stop;
    const own = startedAt + timeoutMs;
    this.#cutByCycle = cycleEndsAt < own;
    this.#endsAt = Math.min(own, cycleEndsAt);
  }

  /**
   * Runs one phase under its limit and adds its duration, even if it fails. `work` is given a function to register how
   * to stop what it started; that is called at the limit.
   */
  async phase<T>(
    phase: TimedPhase,
    limitMs: number,
    work: (onStop: (stop: () => void) => void) => Promise<T>,
  ): Promise<T> {
    const began = performance.now();
    const left = this.#endsAt - began;
    const byPhase = limitMs < left;
    const interrupted = (): PhaseFailure => new PhaseFailure(phase, 'LIMIT_CYCLE', 'interrupted');
    if (this.#stop.aborted) throw interrupted();
    let timer: NodeJS.Timeout | undefined;
    let stop: (() => void) | undefined;
    let interrupt: (() => void) | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        interrupt = () => reject(interrupted());
        this.#stop.addEventListener('abort', interrupt);
        const expire = (): void => {
          const code = byPhase ? 'LIMIT_PHASE' : this.#cutByCycle ? 'LIMIT_CYCLE' : 'LIMIT_TOTAL';
          const waited = Math.round(performance.now() - began);
          reject(new PhaseFailure(phase, code, `nothing within ${waited} ms`));
        };
        // First read any response that arrived while the event loop was late: the limit is for the target, not for us.
        timer = setTimeout(() => setImmediate(expire), Math.max(0, Math.min(limitMs, left)));
        work((given) => {
          stop = given;
        }).then(resolve, reject);
      });
    } catch (error) {
      stop?.();
      throw error;
    } finally {
      clearTimeout(timer);
      if (interrupt !== undefined) this.#stop.removeEventListener('abort', interrupt);
      this.spend(phase, performance.now() - began);
    }
  }

  /** Adds time to a phase. The hops of a followed redirect add up. */
  spend(phase: TimedPhase, ms: number): void {
    this.#timings[phase] = (this.#timings[phase] ?? 0) + ms;
  }

  /** A branch that runs in parallel: same deadline, its own timings. */
  fork(): Attempt {
    return new Attempt(this.#timeoutMs, this.#cycleEndsAt, this.#stop, this.#startedAt);
  }

  /** Takes over the timings of parallel branches: the longest of each phase. */
  join(parts: readonly Attempt[]): void {
    for (const phase of ['connect', 'tls'] as const) {
      const times = parts.flatMap((part) => part.#timings[phase] ?? []);
      if (times.length > 0) this.spend(phase, Math.max(...times));
    }
  }

  get remainingMs(): number {
    return this.#endsAt - performance.now();
  }

  finish(): Readonly<Record<TimedPhase | 'total', number | null>> {
    this.#timings.total = performance.now() - this.#startedAt;
    return this.#timings;
  }
}
