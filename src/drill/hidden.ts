import { evidenceOf, type Observed } from '../diagnose/evidence.ts';
import type { Checked } from './site.ts';

/**
 * Whether a cycle under two faults looks the same as under one of them, request by request: same symptom, same
 * answerer. Intermittent requests can go either way, so they do not count.
 */
export const looksLike = (pair: Checked, alone: Checked): boolean => {
  const [left, right] = [seenIn(pair), seenIn(alone)];
  return [...new Set([...left.keys(), ...right.keys()])].every((id) => {
    const [one, other] = [left.get(id), right.get(id)];
    if (one?.flaps === true || other?.flaps === true) return true;
    return one?.symptom === other?.symptom && one?.answeredBy === other?.answeredBy;
  });
};

const seenIn = ({ report, targets }: Checked): ReadonlyMap<string, Observed> =>
  new Map(evidenceOf(report, targets).observed.map((observed) => [observed.request.id, observed]));
