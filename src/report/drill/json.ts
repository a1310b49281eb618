import type { Drill } from '../../model/drill.ts';

/** The drill as JSON, `schemaVersion` 1. Probabilities and times are rounded to a thousandth. */
export const renderDrillJson = (drill: Drill): string => {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  return `${JSON.stringify(drill, rounded, 2)}\n`;
};
