import { answererLabels } from '../model/answerers.ts';
import type { CertificateEvidence } from '../model/observation.ts';
import type { AddressEvidence, AttemptOutcome } from '../model/report.ts';
import type { Request } from '../model/requests.ts';
import { hopLabels } from '../platform/hops.ts';
import { timingWords } from '../wording/phases.ts';
import { cut, plainBlock, plainText } from '../wording/plain-text.ts';
import { lagWords, sentWords } from '../wording/requests.ts';
import { duration } from '../wording/time.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Characters of a value. A whole page in a header helps no reader. */
const valueLetters = 600;
/** Characters of a body: more than the prober keeps, in case a saved report has more. */
const bodyLetters = 4_000;
/** Characters of an evidence line. */
const summaryLetters = 1_000;

/** The evidence of an outcome beside its one-line summary. */
export const factsOf = (request: Request): readonly Fact[] => {
  const { phase, hop, answeredBy, httpStatus, address, timingsMs, evidence } = request;
  return facts({
    phase: phase ?? '',
    hop: hop === null ? '' : hopLabels[hop],
    'answered by': answeredBy === null ? '' : answererLabels[answeredBy],
    status: httpStatus === null ? '' : String(httpStatus),
    address: address ?? '',
    sent: sentWords(request),
    timings: timingWords(timingsMs),
    monitor: evidence.loopLateMs >= 1 ? lagWords(evidence.loopLateMs) : '',
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

/** The headers that identify the answerer. */
export const headersOf = ({ evidence }: AttemptOutcome): readonly Fact[] => facts(evidence.headers);

/** The start of the body; empty: none was kept. */
export const bodyOf = ({ evidence }: AttemptOutcome): string =>
  cut(plainBlock(evidence.body ?? '').trim(), bodyLetters);

export const summaryOf = ({ evidence }: AttemptOutcome): string => cut(plainText(evidence.summary), summaryLetters);

const facts = (values: Readonly<Record<string, string>>): readonly Fact[] =>
  Object.entries(values)
    .map(([name, value]) => ({ name: cut(plainText(name), valueLetters), value: cut(plainText(value), valueLetters) }))
    .filter(({ value }) => value !== '');

const addressWords = ({ address, status, summary }: AddressEvidence): string =>
  `${address} ${summary === '' ? status : `${status}, ${summary}`}`;

const certificateWords = ({ names, issuer, validFrom, validTo, daysLeft }: CertificateEvidence): string =>
  `${names.join(', ')}; by ${issuer}; ${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}, ${Math.floor(daysLeft)} days left`;
