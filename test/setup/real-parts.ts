import { describe, inject } from 'vitest';
import type { RealPart } from './environment.ts';

/** `describe` for tests that need a real part; skipped, with the reason in the title, where it cannot be had. */
export const describeWith = (part: RealPart, title: string, tests: () => void): void => {
  const reason = inject('missingParts')[part];
  if (reason === null) describe(title, tests);
  else describe.skip(`${title} (skipped: ${reason.split('\n')[0]})`, tests);
};
