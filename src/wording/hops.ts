import type { HopState, PathHop } from '../model/incident.ts';
import type { Phase } from '../model/phases.ts';
import { type Hop, hopLabels } from '../platform/hops.ts';

const hopMarks: Readonly<Record<HopState, string>> = {
  works: '✓',
  broken: '✗',
  suspect: '✗?',
  unseen: '?',
  'not-reached': '?',
};

/** A hop as the path shows it; its state is distinguishable without colour. */
export const hopWords = ({ hop, state }: PathHop): string => `${hopMarks[state]} ${hopLabels[hop]}`;

export const hopLegend = '✓ works, ✗ broken, ✗? possibly broken, ? not observed';

/** Where a request failed: `phase processing`, `at proxy route`. */
export const whereWords = ({
  hop,
  phase,
}: {
  readonly hop: Hop | null;
  readonly phase: Phase | null;
}): readonly string[] => [
  ...(phase === null ? [] : [`phase ${phase}`]),
  ...(hop === null ? [] : [`at ${hopLabels[hop]}`]),
];
