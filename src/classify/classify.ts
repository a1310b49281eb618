import { failureModes } from '../platform/failure-modes.ts';
import type { Limits } from '../platform/limits.ts';
import { type Attempted, type NotAttempted, notAttemptedReasons, type Observation } from '../platform/observation.ts';
import type { Phase } from '../platform/phases.ts';
import type { AttemptOutcome, Evidence } from '../platform/report.ts';
import type { Target, TlsTarget } from '../platform/target.ts';
import { type ReadResponse, readResponse } from './answerer.ts';
import { blankOutcome } from './blank.ts';
import { modeOfFailure } from './failure-codes.ts';
import { hopOf } from './hop.ts';
import { judgeHttp } from './judge-http.ts';
import { failed, isDegraded, type Judgement, passed } from './judgement.ts';
import { summarize } from './summary.ts';
import { matchesWildcard } from './words.ts';

/** Headers that tell who answered, and when to come back. */
const tellingHeaders = [
  'server',
  'content-type',
  'location',
  'www-authenticate',
  'retry-after',
  'via',
  'x-cache',
  'x-amzn-waf-action',
  'access-control-allow-origin',
];

/** Judges one observation of a target: pure, and total, for whatever was seen there is exactly one outcome. */
export const classify = (target: Target, observation: Observation, limits: Limits): AttemptOutcome =>
  observation.kind === 'attempted' ? classifyAttempt(target, observation, limits) : classifyNothing(observation);

const classifyAttempt = (target: Target, observation: Attempted, limits: Limits): AttemptOutcome => {
  const response = observation.response && readResponse(observation.response);
  return inWords(target, { ...observation, response }, judge(target, observation, response, limits), limits);
};

/** What was seen, put into words under a judgement; one's own, where more is asked than a target can expect of one answer. */
export const outcomeFrom = (
  target: Pick<Target, 'kind' | 'hops'>,
  observation: Attempted,
  judgement: Judgement,
  limits: Limits,
): AttemptOutcome =>
  inWords(
    target,
    { ...observation, response: observation.response && readResponse(observation.response) },
    judgement,
    limits,
  );

/** An attempt whose response was read. */
type Read = Attempted & { readonly response: ReadResponse | null };

const inWords = (
  { kind, hops }: Pick<Target, 'kind' | 'hops'>,
  observation: Read,
  judgement: Judgement,
  limits: Limits,
): AttemptOutcome => {
  const { response } = observation;
  const answeredBy = response?.answeredBy ?? null;
  const { status, failureMode } = judgement;
  const notWell = failureMode !== null;
  const evidence: Evidence = {
    summary: summarize(judgement, observation, response),
    code: observation.failure?.code ?? null,
    body: notWell && response !== null && response.body !== '' ? response.body.slice(0, limits.evidenceBytes) : null,
    headers: response === null ? {} : picked(response.headers),
    resolution: kind === 'dns' || observation.failure?.phase === 'resolve' ? observation.resolution : null,
    connects: observation.connects.some(({ code }) => code !== null) ? observation.connects : [],
    certificate: kind === 'tls' || observation.failure?.phase === 'tls' ? (observation.tls?.certificate ?? null) : null,
    redirects: observation.redirects,
    version: judgement.version,
    traceId: observation.traceId === '' ? null : observation.traceId,
    loopLateMs: observation.loopLateMs,
  };
  return {
    status,
    failureMode,
    phase: failureMode === null ? null : phaseOf(observation, failureMode),
    hop: failureMode === null ? null : hopOf(failureMode, answeredBy, hops),
    answeredBy,
    httpStatus: response?.status ?? null,
    address: observation.address,
    timingsMs: observation.timingsMs,
    evidence,
  };
};

const judge = (target: Target, observation: Attempted, response: ReadResponse | null, limits: Limits): Judgement => {
  const { failure } = observation;
  if (failure !== null) {
    const mode = modeOfFailure(failure, observation.tls);
    if (mode === 'probe-error' || mode === 'deadline-exceeded')
      return { status: 'inconclusive', failureMode: mode, why: failure.detail, version: null };
    // Some of the addresses work: a client meets the fault now and then.
    return target.kind === 'tls' && observation.address !== null ? isDegraded(mode, failure.detail) : failed(mode);
  }
  switch (target.kind) {
    case 'dns':
      return judgeChain(observation, target.balancer);
    case 'tls':
      return judgeExpiry(observation, target);
    case 'http':
      return response === null
        ? { status: 'inconclusive', failureMode: 'probe-error', why: 'neither an answer nor a failure', version: null }
        : judgeHttp(
            target,
            { response, redirects: observation.redirects, totalMs: observation.timingsMs.total ?? 0 },
            limits.slowMs,
          );
  }
};

const judgeChain = ({ resolution }: Attempted, balancer: string | null): Judgement => {
  const last = resolution?.chain.at(-1) ?? '';
  const shown = (resolution?.chain.length ?? 0) > 1;
  if (balancer === null || !shown || matchesWildcard(balancer, last)) return passed;
  return failed('dns-unexpected-target', `it ends at ${last}, not at ${balancer}`);
};

const judgeExpiry = ({ tls }: Attempted, target: TlsTarget): Judgement => {
  const certificate = tls?.certificate;
  if (certificate === undefined || certificate === null)
    return { status: 'inconclusive', failureMode: 'probe-error', why: 'no certificate was seen', version: null };
  return certificate.daysLeft < target.certificateDays
    ? isDegraded('tls-expires-soon', `in ${certificate.daysLeft} days, on ${certificate.validTo.slice(0, 10)}`)
    : passed;
};

/** What was waited for when it failed; an answer that came whole failed at what it says. */
const phaseOf = ({ failure }: Attempted, failureMode: NonNullable<AttemptOutcome['failureMode']>): Phase =>
  failure?.phase ?? failureModes[failureMode].phase;

const picked = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tellingHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const])),
  );

const classifyNothing = ({ reason, detail }: NotAttempted): AttemptOutcome => {
  const outOfTime = reason === 'deadline';
  const why = notAttemptedReasons[reason];
  const summary = detail === '' ? why : `${why}: ${detail}`;
  return outOfTime ? blankOutcome('inconclusive', summary, 'deadline-exceeded') : blankOutcome('skipped', summary);
};
