import { ConfigError } from '../config/problem.ts';
import { prober } from '../version.ts';
import { UsageError } from './usage-error.ts';

/** The message of an error: the place, the reason and the way out. */
export const sentenceOf = (error: unknown): string => {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof UsageError) return `${prober.name}: ${error.message}`;
  const reason = error instanceof Error ? error.message : String(error);
  return `${prober.name}: ${reason}`;
};
