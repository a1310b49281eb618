import type { Unknown } from './facts.ts';
import { confirmLimits } from './limits.ts';
import { permissionOf } from './operations.ts';
import { troubleWords } from './trouble.ts';

/** Why AWS gave no answer, with the way out where there is one. */
export const unknownLine = ({ trouble, operation, detail }: Unknown): string => {
  switch (trouble) {
    case 'denied':
      return `could not ask: no permission for ${permissionOf(operation)}, add it with the policy in docs/confirm.md`;
    case 'not-named':
      return `could not ask: what ${operation} would need is not in the earlier answers; docs/confirm.md says which names to set`;
    case 'no-calls-left':
      return `could not ask: ${operation} would be more than ${confirmLimits.calls} calls`;
    default:
      return `could not ask: ${troubleWords[trouble]} (${operation}${detail === '' ? '' : `: ${detail}`})`;
  }
};
