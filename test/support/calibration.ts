/** A probability as stated, and whether it was true. */
export interface Stated {
  readonly probability: number;
  readonly isTrue: boolean;
}

/** Expected calibration error in ten bins: by how much the stated probabilities differ from the shares that are true. */
export const calibrationError = (stated: readonly Stated[]): number => {
  const bins = Map.groupBy(stated, ({ probability }) => Math.min(9, Math.floor(probability * 10)));
  const off = [...bins.values()].map((bin) =>
    Math.abs(bin.reduce((sum, { probability, isTrue }) => sum + probability - Number(isTrue), 0)),
  );
  return off.reduce((sum, one) => sum + one, 0) / stated.length;
};
