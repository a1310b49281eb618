/** Lets work through while it is open; while it is closed, work waits until it is opened again. */
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

/** One holder at a time, in the order of asking. */
export interface Lock {
  /** @returns the function that gives it back; calling it again does nothing. */
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
