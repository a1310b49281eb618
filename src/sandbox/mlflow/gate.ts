/** Lets work through while open. While closed, work waits until the gate opens again. */
export interface Gate {
  close(): void;
  open(): void;
  opened(): Promise<void>;
}

export const createGate = (): Gate => {
  let closed: PromiseWithResolvers<void> | null = null;
  return {
    close: () => {
      closed ??= Promise.withResolvers<void>();
    },
    open: () => {
      closed?.resolve();
      closed = null;
    },
    opened: async () => {
      while (closed !== null) await closed.promise;
    },
  };
};

/** One holder at a time, first come, first served. */
export interface Lock {
  /** @returns the function that releases the lock; calling it again does nothing. */
  take(): Promise<() => void>;
}

export const createLock = (): Lock => {
  let last: Promise<void> = Promise.resolve();
  return {
    take: async () => {
      const mine = Promise.withResolvers<void>();
      const before = last;
      last = mine.promise;
      await before;
      return () => mine.resolve();
    },
  };
};
