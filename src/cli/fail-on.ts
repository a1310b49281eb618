import { Option } from 'commander';
import type { Strictness } from '../model/predicates.ts';

/** A new one for each command, because commander stores the value in it. */
export const failOnOption = (): Option =>
  new Option('--fail-on <verdict>', 'the mildest verdict that exits with 1')
    .choices(['failing', 'degraded'])
    .default('failing');

export const failOnKnownOption = (): Option =>
  new Option('--fail-on-known', 'exit with 1 also for failures that the baseline already has');

export interface FailOnFlags {
  readonly failOn: 'failing' | 'degraded';
  readonly failOnKnown?: boolean;
}

export const strictnessOf = ({ failOn, failOnKnown = false }: FailOnFlags): Strictness => ({
  degraded: failOn === 'degraded',
  known: failOnKnown,
});
