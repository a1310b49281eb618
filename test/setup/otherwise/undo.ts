/** Repairs what was broken. */
export type Undo = () => void | Promise<void>;

/** In reverse order of creation. */
export const undoAll =
  (undos: readonly Undo[]): Undo =>
  async () => {
    for (const undo of undos.toReversed()) await undo();
  };
