import type { Diagnosis, FaultIds } from '../model/diagnosis.ts';
import type { Answer } from '../model/drill.ts';

/** From this probability on, a person takes a hypothesis as the cause. */
const confident = 0.9;

export const answerOf = ({ status, faults, hypotheses }: Diagnosis): Answer => ({
  status,
  faults,
  candidates: hypotheses.map(({ id, probability }) => ({ id, probability })),
});

const probabilityOf = ({ candidates }: Answer, id: string): number =>
  candidates.reduce((most, one) => (one.id === id ? Math.max(most, one.probability) : most), 0);

/** One hypothesis is named alone and with confidence. */
export const isConfident = (answer: Answer): boolean =>
  answer.faults.some(([only, ...others]) => others.length === 0 && probabilityOf(answer, only ?? '') >= confident);

/** The most probable hypotheses, without duplicates. */
export const mostProbable = ({ candidates }: Answer, count: number): readonly string[] =>
  [...new Set(candidates.toSorted((a, b) => b.probability - a.probability).map(({ id }) => id))].slice(0, count);

export const names = (fault: readonly string[], causes: readonly string[]): boolean =>
  fault.some((id) => causes.includes(id));

/** Identifies a set of faults regardless of order. */
export const fingerprint = (faults: readonly FaultIds[]): string =>
  JSON.stringify(faults.map((fault) => fault.toSorted()).toSorted((a, b) => (a.join() < b.join() ? -1 : 1)));
