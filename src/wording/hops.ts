import type { HopState, PathHop } from '../model/incident.ts';
import type { Phase } from '../model/phases.ts';
import { type Hop, hopLabels } from '../platform/hops.ts';

/** The state of a hop as people see it. */
export type ShownState = HopState | 'partly';

export const shownState = ({ state, partly }: Pick<PathHop, 'state' | 'partly'>): ShownState =>
  state === 'broken' && partly === true ? 'partly' : state;

const hopMarks: Readonly<Record<ShownState, string>> = {
  works: '✓',
  partly: '!',
  broken: '✗',
  suspect: '✗?',
  unseen: '?',
  'not-reached': '?',
};

/** A hop as the path shows it; its state is distinguishable without colour. */
export const hopWords = (hop: PathHop): string => `${hopMarks[shownState(hop)]} ${hopLabels[hop.hop]}`;

export const hopLegend = '✓ works, ! partly, ✗ broken, ✗? possibly broken, ? not observed';

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
