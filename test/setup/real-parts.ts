import { describe, inject } from 'vitest';
import type { RealPart } from './global-setup.ts';

/**
 * `describe` for tests that need real parts. They are skipped if a part is unavailable, with the reason in the title.
 */
export const describeWith = (parts: RealPart | readonly RealPart[], title: string, tests: () => void): void => {
  const missing = inject('missingParts');
  const [reason] = [parts].flat().flatMap((part) => missing[part] ?? []);
  if (reason === undefined) describe(title, tests);
  else describe.skip(`${title} (skipped: ${reason.split('\n')[0]})`, tests);
};
