import type { Request } from '../model/requests.ts';
import { answererLabels } from '../platform/answerers.ts';
import { hopLabels } from '../platform/hops.ts';
import type { CertificateEvidence, Timings } from '../platform/observation.ts';
import type { TimedPhase } from '../platform/phases.ts';
import type { AddressEvidence, AttemptOutcome } from '../platform/report.ts';
import { askedWords } from './entry.ts';
import { cut, duration, plainBlock, plainText } from './plain-text.ts';

/** The words for the phases that take time, in their order. */
export const phaseWords: Readonly<Record<TimedPhase, string>> = {
  resolve: 'DNS',
  connect: 'connect',
  tls: 'TLS',
  processing: 'waiting',
  transfer: 'receiving',
};
export const timedPhases = Object.keys(phaseWords) as readonly TimedPhase[];

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Characters of a value; a page that somebody poured into a header is of no use to anyone. */
const valueLetters = 600;
/** Characters of a body: more than the prober keeps, should a saved report have more. */
const bodyLetters = 4_000;
/** Characters of a line about what was seen. */
const summaryLetters = 1_000;

/** What is known of an outcome beside its one line, for who has to believe it. */
export const factsOf = (request: Request): readonly Fact[] => {
  const { phase, hop, answeredBy, httpStatus, address, timingsMs, evidence } = request;
  return facts({
    phase: phase ?? '',
    hop: hop === null ? '' : hopLabels[hop],
    'answered by': answeredBy === null ? '' : answererLabels[answeredBy],
    status: httpStatus === null ? '' : String(httpStatus),
    address: address ?? '',
    asked: askedWords(request),
    timings: timingWords(timingsMs),
    'our own clock': evidence.loopLateMs >= 1 ? `up to ${Math.round(evidence.loopLateMs)} ms late` : '',
    code: evidence.code ?? '',
    names: evidence.resolution === null ? '' : evidence.resolution.chain.join(' → '),
    addresses: evidence.resolution === null ? '' : evidence.resolution.addresses.join(', '),
    connections: evidence.connects
      .map(({ address: to, port, code, ms, noRoute }) => {
        const what = noRoute ? `${code} (no route from here)` : (code ?? 'connected');
        return `${to}:${port} ${what} after ${duration(ms)}`;
      })
      .join(', '),
    certificate: evidence.certificate === null ? '' : certificateWords(evidence.certificate),
    'by address': evidence.addresses.length > 1 ? evidence.addresses.map(addressWords).join('; ') : '',
    redirects: evidence.redirects.map(({ status, from, location }) => `${status} ${from} → ${location}`).join(', '),
    version: evidence.version ?? '',
    trace: evidence.traceId ?? '',
  });
};

/** The headers that tell who answered. */
export const headersOf = ({ evidence }: AttemptOutcome): readonly Fact[] => facts(evidence.headers);

/** The start of the body; empty: none was kept. */
export const bodyOf = ({ evidence }: AttemptOutcome): string =>
  cut(plainBlock(evidence.body ?? '').trim(), bodyLetters);

export const summaryOf = ({ evidence }: AttemptOutcome): string => cut(plainText(evidence.summary), summaryLetters);

const facts = (values: Readonly<Record<string, string>>): readonly Fact[] =>
  Object.entries(values)
    .map(([name, value]) => ({ name: cut(plainText(name), valueLetters), value: cut(plainText(value), valueLetters) }))
    .filter(({ value }) => value !== '');

export const timingWords = (timings: Timings): string =>
  timedPhases
    .flatMap((phase) => {
      const ms = timings[phase];
      return ms === null ? [] : [`${phaseWords[phase]} ${fine(ms)}`];
    })
    .join(', ');

/** Below 10 ms a tenth is worth reading. */
const fine = (ms: number): string => (ms >= 0 && ms < 10 ? `${ms.toFixed(1)} ms` : duration(ms));

const addressWords = ({ address, status, summary }: AddressEvidence): string =>
  `${address} ${summary === '' ? status : `${status}, ${summary}`}`;

const certificateWords = ({ names, issuer, validFrom, validTo, daysLeft }: CertificateEvidence): string =>
  `${names.join(', ')}; by ${issuer}; ${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}, ${Math.floor(daysLeft)} days left`;
