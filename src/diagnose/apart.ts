import type { Hop } from '../platform/hops.ts';
import { scoring } from './constants.ts';
import type { FoundFault } from './found-fault.ts';
import { probabilityUnder, type Row, type Table } from './score.ts';

/** A fault with the failures that it explains. */
interface Part {
  readonly fault: FoundFault;
  readonly own: readonly Row[];
}

/**
 * An unknown cause of everything gets cheaper with each failure, and known causes do not. So of faults that fail requests on
 * different hosts, each keeps the name that it has without the other failures.
 */
export const apart = (
  table: Table,
  faults: readonly FoundFault[],
  nameAlone: (part: Table) => FoundFault | null,
): readonly FoundFault[] => {
  const failing = table.rows.filter(isFailing);
  const parts = faults.flatMap((fault): readonly Part[] => {
    const own = failing.filter(({ observed }) => probabilityUnder(observed, [fault.best]) >= scoring.explained);
    const others = failing.filter((row) => !own.includes(row));
    if (own.length === 0 || others.length === 0 || areOnOneHost(own, others)) return [];
    const alone = nameAlone({ ...table, rows: table.rows.filter((row) => !others.includes(row)) });
    return alone?.ranking[0]?.id === fault.ranking[0]?.id && alone !== null ? [{ fault: alone, own }] : [];
  });
  return separate(parts, failing).map(({ fault }) => fault);
};

/** What no part explains may have an unknown cause in a service. Then it may be behind every failure of this service. */
const separate = (parts: readonly Part[], failing: readonly Row[]): readonly Part[] => {
  const left = failing.filter((row) => parts.every(({ own }) => !own.includes(row)));
  const reached = servicesOf(left);
  const kept = parts.filter(({ own }) => !servicesOf(own).some((one) => reached.includes(one)));
  return kept.length === parts.length ? parts : separate(kept, failing);
};

const isFailing = ({ observed }: Row): boolean => observed.symptom !== 'pass';

const areOnOneHost = (some: readonly Row[], others: readonly Row[]): boolean =>
  some.some((one) => others.some((other) => one.observed.request.host === other.observed.request.host));

/** The services that these requests reach. One that ends in front of them, like a redirect, reaches its last hop. */
const servicesOf = (rows: readonly Row[]): readonly (Hop | undefined)[] =>
  rows.flatMap(({ observed: { request } }) => {
    const inside = request.hops.filter((hop) => !front.includes(hop));
    return inside.length === 0 ? [request.hops.at(-1)] : inside.map(serviceOf);
  });

const front: readonly Hop[] = ['dns', 'listener', 'tls', 'rule', 'target-group'];

/** The API asks the auth service about keys. */
const serviceOf = (hop: Hop): Hop => (hop === 'key-check' || hop === 'auth-service' ? 'auth' : hop);
