import { registrationHost } from '../platform/flow-steps.ts';
import { isExplained } from './candidates.ts';
import type { Observed } from './evidence.ts';
import { findFaults } from './find-faults.ts';
import type { FoundFault } from './found-fault.ts';
import { isTransient } from './likelihood.ts';
import type { Onset } from './onset.ts';
import type { ProbedRequest } from './probed-request.ts';
import { type Table, tableOf } from './score.ts';

export interface Weighed {
  readonly table: Table;
  readonly faults: readonly FoundFault[];
}

/**
 * The faults behind this evidence. A network occasionally loses a request, which must not change the rest of the diagnosis:
 * a request that was lost alone, and that nothing explains which the others show, counts as not sent.
 */
export const weigh = (evidence: readonly Observed[], onset: Onset): Weighed => {
  for (const lost of evidence.filter((one) => isLostByItself(one, evidence))) {
    const others = weighAll(
      evidence.flatMap((one) => (one === lost ? regained(one) : [one])),
      onset,
    );
    const found = others.faults.map(({ best }) => best);
    if (!isExplained(lost, found)) return eitherWay(others, asPassed(evidence, lost, onset));
  }
  return weighAll(evidence, onset);
};

const asPassed = (evidence: readonly Observed[], lost: Observed, onset: Onset): Weighed =>
  weighAll(
    evidence.map((one) => (one === lost ? { ...lost, symptom: 'pass', second: null, flaps: false } : one)),
    onset,
  );

/** The lost request may be the only one that would have ruled a cause out: then it stays in doubt, or is not named. */
const eitherWay = (unknown: Weighed, passed: Weighed): Weighed => {
  if (unknown.faults.length !== passed.faults.length)
    return unknown.faults.length < passed.faults.length ? unknown : passed;
  const leads = (faults: readonly FoundFault[]): readonly unknown[] => faults.map(({ ranking: [first] }) => first?.id);
  const [odd, ...more] = passed.faults.filter(({ ranking: [first] }) => !leads(unknown.faults).includes(first?.id));
  if (odd === undefined || more.length > 0) return unknown;
  const faults = unknown.faults.map((fault) =>
    leads(passed.faults).includes(fault.ranking[0]?.id)
      ? fault
      : { ...fault, tie: [...new Set([...fault.tie, ...odd.tie])] },
  );
  return { ...unknown, faults };
};

const weighAll = (evidence: readonly Observed[], onset: Onset): Weighed => {
  const table = tableOf(evidence, onset);
  return { table, faults: findFaults(table) };
};

/** The retry passed. */
const regained = (lost: Observed): readonly Observed[] =>
  lost.flaps ? [{ ...lost, symptom: 'pass', second: null, flaps: false }] : [];

/**
 * It failed as networks lose requests, and as no other request to the same host. If nothing else fails, another request must
 * have passed on the same path. The flow's steps have retried by themselves.
 */
const isLostByItself = (one: Observed, evidence: readonly Observed[]): boolean => {
  const { id } = one.request;
  if (!isTransient(one.symptom) || one.isOfOneAddress || id.startsWith(`${registrationHost}.`)) return false;
  const others = evidence.filter((other) => other !== one);
  if (others.some(({ symptom, request }) => symptom === one.symptom && isSameHost(request, one.request))) return false;
  return others.some(({ symptom, request }) => symptom !== 'pass' || goesAtLeastAsFar(request, one.request));
};

const goesAtLeastAsFar = (one: ProbedRequest, other: ProbedRequest): boolean =>
  isSameHost(one, other) && one.port === other.port && (one.kind !== 'dns' || other.kind === 'dns');

const isSameHost = (one: ProbedRequest, other: ProbedRequest): boolean =>
  one.host === other.host && one.elsewhere === other.elsewhere;
