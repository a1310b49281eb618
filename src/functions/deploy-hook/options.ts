import { type Environment, variable } from '../../aws/variable.ts';

const variables = { waitFor: 'SYNTHETICS_WAIT_FOR', blockOnKnown: 'SYNTHETICS_BLOCK_ON_KNOWN' } as const;

export interface HookOptions {
  /** The version that must be served before the check starts; null: does not wait. */
  readonly waitFor: string | null;
  /** Whether failures from before the deployment also block it. */
  readonly blockOnKnown: boolean;
}

/** @throws for a switch that is neither on nor off: a typo must not silently let deployments pass */
export const optionsIn = (env: Environment): HookOptions => {
  const block = variable(env, variables.blockOnKnown) ?? 'false';
  if (block !== 'true' && block !== 'false') throw new Error(`${variables.blockOnKnown} is neither true nor false`);
  return { waitFor: variable(env, variables.waitFor), blockOnKnown: block === 'true' };
};
