import { type Environment, variable } from '../../aws/variable.ts';

const variables = { waitFor: 'SYNTHETICS_WAIT_FOR', blockOnKnown: 'SYNTHETICS_BLOCK_ON_KNOWN' } as const;

export interface HookOptions {
  /** The version that must serve before anything is judged; null: none is waited for. */
  readonly waitFor: string | null;
  /** Whether what was broken before the deployment blocks it, too. */
  readonly blockOnKnown: boolean;
}

/** @throws for a switch that is neither on nor off: a typing error shall not quietly let deployments pass */
export const optionsIn = (env: Environment): HookOptions => {
  const block = variable(env, variables.blockOnKnown) ?? 'false';
  if (block !== 'true' && block !== 'false') throw new Error(`${variables.blockOnKnown} is neither true nor false`);
  return { waitFor: variable(env, variables.waitFor), blockOnKnown: block === 'true' };
};
