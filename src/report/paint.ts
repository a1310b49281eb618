import type { createColors } from 'picocolors';
import type { Status } from '../model/report.ts';

export type Colors = ReturnType<typeof createColors>;
type Paint = (text: string) => string;

export const paintOf = (status: Status, colors: Colors): Paint => {
  switch (status) {
    case 'pass':
      return colors.green;
    case 'fail':
      return colors.red;
    case 'degraded':
    case 'inconclusive':
      return colors.yellow;
    case 'skipped':
      return colors.dim;
  }
};
