import { configWords, ownCommand } from '../model/own-command.ts';
import type { Made, Report } from '../model/report.ts';
import { leftBehindIn, requests } from '../model/requests.ts';
import { interruptedMs } from '../registration/ending.ts';
import { plainText } from '../wording/plain-text.ts';
import type { Section } from './interrupt.ts';

/** Where the flow's objects are: on the platform, in a sandbox that disappears with them, or in a real MLflow behind a sandbox. */
export type Whereabouts = { readonly configuration: string | null } | 'sandbox' | 'mlflow';

interface CycleSection extends Section {
  /** Takes a function that returns the objects that the flow has created and not yet deleted. */
  readonly onFlow: (made: () => readonly Made[]) => void;
}

/** The section of a cycle: it deletes the flow's objects before it ends, or names them. */
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

/** Lines for the user who interrupted a cycle. */
export const whatIsLeft = (report: Report, where: Whereabouts): readonly string[] => {
  if (report.registration === null) return [];
  const lines = linesFor(leftBehindIn(requests(report)), where);
  return lines.length === 0 ? ['nothing is left behind'] : lines;
};

const linesFor = (made: readonly Made[], where: Whereabouts): readonly string[] => {
  if (made.length === 0 || where === 'sandbox') return [];
  const names = `left behind: ${made.map(({ thing, id }) => `${thing} ${plainText(id)}`).join(', ')}`;
  if (where === 'mlflow') return [names];
  const config = configWords({ config: where.configuration });
  return [names, `this deletes it: ${ownCommand('sweep', '--all', ...config)}`];
};
