import type { OutputOf } from './output-of.ts';
import { configWords, ownCommand } from './own-command.ts';
import type { baselineChange, baselineDoubt } from './report-schema/baseline-doubt.ts';

export type BaselineChange = OutputOf<typeof baselineChange>;
export type BaselineDoubt = OutputOf<typeof baselineDoubt>;

/** The command that records a new baseline. */
export const renewBaseline = (config: string | null): string =>
  ownCommand('check', ...configWords({ config }), '--format', 'json', '--output', 'baseline.json');

/** A new version alone changes no comparison: what fails since then may well be its fault. */
export const isStale = (doubt: BaselineDoubt | null | undefined): boolean =>
  doubt?.changes.some(({ kind }) => kind !== 'version') ?? false;
