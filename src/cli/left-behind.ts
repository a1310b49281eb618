import type { Made, Report } from '../model/report.ts';
import { leftBehindIn, requests } from '../model/requests.ts';
import { interruptedMs } from '../registration/ending.ts';
import { plainText } from '../wording/plain-text.ts';
import type { Section } from './interrupt.ts';

/** What a flow's makings are at: the platform of a configuration, a sandbox that goes with them, or a real MLflow behind one. */
export type Whereabouts = { readonly configuration: string | null } | 'sandbox' | 'mlflow';

interface CycleSection extends Section {
  /** For the cycle: takes what tells at any time what its flow has made and not deleted yet. */
  readonly onFlow: (made: () => readonly Made[]) => void;
}

/** Cycles: what their flows have made is deleted before they end, or named. */
export const cycleSection = (where: Whereabouts): CycleSection => {
  let made: () => readonly Made[] = () => [];
  return {
    onFlow: (now) => {
      made = now;
    },
    says: () => `cleaning up, up to ${interruptedMs / 1_000} s`,
    left: () => linesFor(made(), where),
  };
};

/** For a person who has interrupted a cycle. */
export const whatIsLeft = (report: Report, where: Whereabouts): readonly string[] => {
  if (report.registration === null) return [];
  const lines = linesFor(leftBehindIn(requests(report)), where);
  return lines.length === 0 ? ['nothing is left behind'] : lines;
};

const linesFor = (made: readonly Made[], where: Whereabouts): readonly string[] => {
  if (made.length === 0 || where === 'sandbox') return [];
  const names = `left behind: ${made.map(({ thing, id }) => `${thing} ${plainText(id)}`).join(', ')}`;
  if (where === 'mlflow') return [names];
  const config = where.configuration === null ? '' : ` --config ${where.configuration}`;
  return [names, `this deletes it: hokusai-synthetics sweep --all${config}`];
};
