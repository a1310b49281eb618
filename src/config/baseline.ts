import * as v from 'valibot';
import type { Baseline } from '../model/baseline.ts';
import { baseline } from '../model/report-schema/baseline.ts';
import { reasonOf, wayOut } from '../model/report-schema/judged.ts';
import { limited } from '../model/text-limits.ts';
import { registrationHost } from '../platform/flow-steps.ts';

/** Reads a saved JSON report as a baseline. Throws with the reason and the way out. */
export const parseBaseline = (text: string): Baseline => {
  const read = v.safeParse(baseline, parse(text));
  if (!read.success) throw unusable(reasonOf(read.issues[0]));
  const { outcomes, registration } = read.output;
  const steps = registration?.steps ?? [];
  return [...outcomes, ...steps.map(({ id, ...step }) => ({ ...step, target: `${registrationHost}.${id}` }))];
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable(text.trim() === '' ? 'it is empty' : `it is not JSON: ${(error as Error).message}`);
  }
};

const unusable = (reason: string): Error => new Error(`${limited(reason, 'detail')}; ${wayOut}`);
