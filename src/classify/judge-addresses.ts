import type { AddressObservation, Attempted, CertificateEvidence } from '../model/observation.ts';
import type { Status } from '../model/report.ts';
import type { TlsTarget } from '../model/target.ts';
import { tellingTries } from '../model/telling-tries.ts';
import { judgeFailure } from './failure-codes.ts';
import { failed, isDegraded, type Judgement, passed } from './judgement.ts';

/** One address, judged on its own. */
export interface JudgedAddress {
  readonly seen: AddressObservation;
  readonly judgement: Judgement;
}

export interface JudgedAddresses {
  readonly judgement: Judgement;
  /** The address that the judgement is about, if any. */
  readonly decisive: AddressObservation | null;
  readonly each: readonly JudgedAddress[];
}

/**
 * Judges a name's certificate from each of its addresses. None works: it fails. Some work: clients see an intermittent
 * fault, so it is degraded. An address that this host cannot reach says nothing about the name. One that could not be
 * finished is unknown.
 */
export const judgeAddresses = (target: TlsTarget, observation: Attempted): JudgedAddresses => {
  const each = observation.addresses.map((seen) => ({ seen, judgement: judgeAddress(target, seen) }));
  const judged = telling(each, observation);
  const having = (...statuses: readonly Status[]): readonly JudgedAddress[] =>
    judged.filter(({ judgement }) => statuses.includes(judgement.status));
  const failing = having('fail');
  const working = having('pass', 'degraded');
  const [unknown] = having('inconclusive');
  const about = (one: JudgedAddress, judgement: Judgement): JudgedAddresses => ({
    judgement,
    decisive: one.seen,
    each,
  });

  const [first] = failing;
  const mode = first?.judgement.failureMode ?? null;
  if (first !== undefined && mode !== null) {
    const why = whichOf(failing, each);
    if (failing.length === judged.length) return about(first, failed(mode, why));
    if (working.length > 0) return about(first, isDegraded(mode, why));
  }
  // With an unknown address the result is unknown: the failing ones may be all of them, or not.
  const shown = unknown ?? working.toSorted((a, b) => daysLeft(a) - daysLeft(b))[0];
  if (shown === undefined) return { judgement: nothingSeen, decisive: null, each };
  const { judgement } = shown;
  return about(
    shown,
    judgement.status === 'pass' ? passed : { ...judgement, why: say(whichOf([shown], each), judgement.why) },
  );
};

/**
 * The addresses that say something about the name. If this host can reach none, all of them: the result is then
 * unknown.
 */
const telling = (each: readonly JudgedAddress[], { connects }: Attempted): readonly JudgedAddress[] => {
  const counted = new Set(tellingTries(connects));
  const judged = each.filter((_, index) => {
    const connect = connects[index];
    return connect === undefined || counted.has(connect);
  });
  return judged.length === 0 ? each : judged;
};

const judgeAddress = (target: TlsTarget, { failure, tls }: AddressObservation): Judgement => {
  if (failure !== null) return judgeFailure(failure, tls);
  const certificate = tls?.certificate ?? null;
  if (certificate === null) return nothingSeen;
  return isExpiringSoon(certificate, target.certificateDays)
    ? isDegraded('tls-expires-soon', `in ${certificate.daysLeft} days, on ${certificate.validTo.slice(0, 10)}`)
    : passed;
};

/**
 * Fewer than the configured days are left, and at most a third of the lifetime. Certificates of a week or of 47 days
 * are renewed about then.
 */
const isExpiringSoon = ({ daysLeft, validFrom, validTo }: CertificateEvidence, days: number): boolean => {
  const lifetimeDays = (Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000;
  // Whole days are left: up to one more.
  return daysLeft < days && daysLeft + 1 <= lifetimeDays / 3;
};

const nothingSeen: Judgement = {
  ...passed,
  status: 'inconclusive',
  failureMode: 'probe-error',
  why: 'no certificate was seen',
};

const say = (where: string, why: string): string => [where, why].filter((part) => part !== '').join(': ');

const daysLeft = ({ seen }: JudgedAddress): number => seen.tls?.certificate?.daysLeft ?? Number.POSITIVE_INFINITY;

/** Names the addresses concerned if there are several. */
const whichOf = (some: readonly JudgedAddress[], all: readonly JudgedAddress[]): string =>
  all.length === 1
    ? ''
    : `${some.map(({ seen }) => withoutPort(seen.address)).join(', ')} (${some.length} of ${all.length} addresses)`;

const withoutPort = (address: string): string => address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
