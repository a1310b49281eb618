import type { AttemptFailure } from '../platform/observation.ts';
import type { Phase, TimedPhase } from '../platform/phases.ts';

/** Ends an attempt: which phase failed, and the cause's own code. Never leaves the probe room. */
export class PhaseFailure extends Error implements AttemptFailure {
  readonly phase: Phase;
  readonly code: string;
  readonly detail: string;

  constructor(phase: Phase, code: string, detail: string) {
    super(`${phase}: ${code} ${detail}`);
    this.phase = phase;
    this.code = code;
    this.detail = detail;
  }
}

/** What a system call, OpenSSL or undici throws, as a code and a sentence. */
export const describeError = (error: unknown): { readonly code: string; readonly detail: string } => {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', detail: String(error) };
  const code = (error as NodeJS.ErrnoException).code;
  return { code: typeof code === 'string' && code !== '' ? code : error.name, detail: error.message };
};

/**
 * One attempt's clock and limits: where its time goes, phase by phase, and when it must end.
 * Times are milliseconds of the monotonic clock.
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
  readonly #startedAt = performance.now();
  readonly #endsAt: number;
  /** True when the cycle ends before the attempt's own limit: what is cut off then is unknown, not slow. */
  readonly #cutByCycle: boolean;

  readonly #stop: AbortSignal;

  /** @param stop ends the attempt at once: what it has not seen by then is unknown. */
  constructor(timeoutMs: number, cycleEndsAt: number, stop: AbortSignal) {
    this.#stop = stop;
    const own = this.#startedAt + timeoutMs;
    this.#cutByCycle = cycleEndsAt < own;
    this.#endsAt = Math.min(own, cycleEndsAt);
  }

  /**
   * Runs one phase under its limit and adds its time, also when it fails.
   * `work` gets a function that tells how to stop what it began; it is called when the limit is reached.
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
        // An answer that arrived while the loop was late is read first: the limit is for the other side, not for us.
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

  /** Adds time to a phase; the legs of a followed redirect add up. */
  spend(phase: TimedPhase, ms: number): void {
    this.#timings[phase] = (this.#timings[phase] ?? 0) + ms;
  }

  get remainingMs(): number {
    return this.#endsAt - performance.now();
  }

  finish(): Readonly<Record<TimedPhase | 'total', number | null>> {
    this.#timings.total = performance.now() - this.#startedAt;
    return this.#timings;
  }
}
