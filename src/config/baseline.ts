import * as v from 'valibot';
import type { Baseline } from '../model/baseline.ts';
import { failureMode, reasonOf, schemaVersion, status, wayOut } from '../model/report-schema/judged.ts';
import { limited } from '../model/text-limits.ts';
import { registrationHost } from '../platform/flow-steps.ts';

/** Answerers of other versions are unknown here, so any string is accepted: it only has to differ. */
const judged = {
  status,
  failureMode: v.optional(failureMode, null),
  answeredBy: v.optional(v.nullable(v.string()), null),
};

/** The part of a report that is compared. Ids of another version match nothing. */
const saved = v.object({
  schemaVersion,
  outcomes: v.array(v.object({ target: v.string(), ...judged })),
  registration: v.optional(v.nullable(v.object({ steps: v.array(v.object({ id: v.string(), ...judged })) })), null),
});

/** Reads a saved JSON report as a baseline. Throws with the reason and the way out. */
export const parseBaseline = (text: string): Baseline => {
  const read = v.safeParse(saved, parse(text));
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
