import { registrationHost } from '../platform/flow-steps.ts';
import { isExplained } from './candidates.ts';
import type { Observed } from './evidence.ts';
import { type FoundFault, findFaults } from './find-faults.ts';
import { isTransient } from './likelihood.ts';
import type { Onset } from './onset.ts';
import type { ProbedRequest } from './probed-request.ts';
import { type Table, tableOf } from './score.ts';

export interface Weighed {
  readonly table: Table;
  readonly faults: readonly FoundFault[];
}

/**
 * What is broken, by this evidence. A network loses a request now and then, and that must not change what is said of the others:
 * one that was lost by itself, and that nothing explains which the others tell of, counts as not asked.
 */
export const weigh = (evidence: readonly Observed[], onset: Onset): Weighed => {
  for (const lost of evidence.filter((one) => isLostByItself(one, evidence))) {
    const others = weighAll(
      evidence.flatMap((one) => (one === lost ? regained(one) : [one])),
      onset,
    );
    const found = others.faults.map(({ best }) => best);
    if (!isExplained(lost, found)) return others;
  }
  return weighAll(evidence, onset);
};

const weighAll = (evidence: readonly Observed[], onset: Onset): Weighed => {
  const table = tableOf(evidence, onset);
  return { table, faults: findFaults(table) };
};

/** The second time it got through. */
const regained = (lost: Observed): readonly Observed[] =>
  lost.flaps ? [{ ...lost, symptom: 'pass', second: null, flaps: false }] : [];

/**
 * As networks lose requests, and as no other to the same host fails. When nothing else fails, another one must have got through
 * on the same way. The flow's steps have tried again by themselves.
 */
const isLostByItself = (one: Observed, evidence: readonly Observed[]): boolean => {
  const { id } = one.request;
  if (!isTransient(one.symptom) || id.startsWith(`${registrationHost}.`)) return false;
  const others = evidence.filter((other) => other !== one);
  if (others.some(({ symptom, request }) => symptom === one.symptom && isSameHost(request, one.request))) return false;
  return others.some(({ symptom, request }) => symptom !== 'pass' || goesAtLeastAsFar(request, one.request));
};

const goesAtLeastAsFar = (one: ProbedRequest, other: ProbedRequest): boolean =>
  isSameHost(one, other) && one.port === other.port && (one.kind !== 'dns' || other.kind === 'dns');

const isSameHost = (one: ProbedRequest, other: ProbedRequest): boolean =>
  one.host === other.host && one.elsewhere === other.elsewhere;
