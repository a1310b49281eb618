import { poolExhausted } from './database-errors.ts';
import { type DatabaseAddress, openSession, type Session } from './database-session.ts';

export interface PoolLimits {
  /** Connections kept open. */
  readonly size: number;
  /** Further connections, closed after use. */
  readonly overflow: number;
  /** How long a request waits for a connection. */
  readonly timeoutMs: number;
}

/** SQLAlchemy's QueuePool. MLflow keeps its defaults. */
export const defaultPool: PoolLimits = { size: 5, overflow: 10, timeoutMs: 30_000 };

export interface Pool {
  /** @throws DatabaseError when no connection is free in time, or none can be established. */
  take(): Promise<Session>;
  give(session: Session): void;
  /** For a session that failed: closes it instead of keeping it. */
  discard(session: Session): void;
  close(): void;
}

export const createPool = (address: DatabaseAddress, { size, overflow, timeoutMs }: PoolLimits): Pool => {
  const idle: Session[] = [];
  const closing = new AbortController();
  const queue: PromiseWithResolvers<void>[] = [];
  let out = 0;

  const slot = async (): Promise<void> => {
    if (out < size + overflow) {
      out += 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    queue.push(turn);
    const timer = setTimeout(() => {
      queue.splice(queue.indexOf(turn), 1);
      turn.reject(poolExhausted(size, overflow, timeoutMs));
    }, timeoutMs);
    await turn.promise.finally(() => clearTimeout(timer));
  };

  /** The longest waiting request gets the slot. */
  const vacate = (): void => {
    const next = queue.shift();
    if (next === undefined) out -= 1;
    else next.resolve();
  };

  /** `pool_pre_ping`: silently replaces a kept connection that broke in the meantime. */
  const usable = async (): Promise<Session> => {
    for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
      const works = await kept.run({ op: 'ping' }).then(
        () => true,
        () => false,
      );
      if (works) return kept;
      kept.close();
    }
    return openSession(address, closing.signal);
  };

  return {
    take: async () => {
      await slot();
      try {
        return await usable();
      } catch (error) {
        vacate();
        throw error;
      }
    },
    give: (session) => {
      if (idle.length < size) idle.push(session);
      else session.close();
      vacate();
    },
    discard: (session) => {
      session.close();
      vacate();
    },
    close: () => closing.abort(),
  };
};
