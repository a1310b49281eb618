/** Puts right what was broken. */
export type Undo = () => void | Promise<void>;

/** In the reverse order of their making. */
export const undoAll =
  (undos: readonly Undo[]): Undo =>
  async () => {
    for (const undo of undos.toReversed()) await undo();
  };
