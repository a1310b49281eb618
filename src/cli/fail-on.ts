import { Option } from 'commander';
import type { Strictness } from '../model/predicates.ts';

/** Fresh ones each time: commander keeps the values in them. */
export const failOnOption = (): Option =>
  new Option('--fail-on <verdict>', 'exit 1 from here on').choices(['failing', 'degraded']).default('failing');

export const failOnKnownOption = (): Option =>
  new Option('--fail-on-known', 'exit 1 also for what failed in the baseline in the same way');

export interface FailOnFlags {
  readonly failOn: 'failing' | 'degraded';
  readonly failOnKnown?: boolean;
}

export const strictnessOf = ({ failOn, failOnKnown = false }: FailOnFlags): Strictness => ({
  degraded: failOn === 'degraded',
  known: failOnKnown,
});
