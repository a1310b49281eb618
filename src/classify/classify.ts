import { blankOutcome } from '../model/blank.ts';
import { failureModes } from '../model/failure-modes.ts';
import { type Headers, tellingHeaders } from '../model/headers.ts';
import type { Limits } from '../model/limits.ts';
import { type Attempted, type NotAttempted, notAttemptedReasons, type Observation } from '../model/observation.ts';
import type { Phase } from '../model/phases.ts';
import type { AddressEvidence, AttemptOutcome, Evidence } from '../model/report.ts';
import type { DnsTarget, HttpTarget, Target, TlsTarget } from '../model/target.ts';
import { limited, limitedTo } from '../model/text-limits.ts';
import { type ReadResponse, readResponse } from './answerer.ts';
import { judgeFailure } from './failure-codes.ts';
import { findingsOf } from './findings.ts';
import { hopOf } from './hop.ts';
import { type JudgedAddress, judgeAddresses } from './judge-addresses.ts';
import { judgeHttp } from './judge-http.ts';
import { failed, isDegraded, type Judgement, passed } from './judgement.ts';
import { summarize } from './summary.ts';
import { matchesWildcard } from './words.ts';

/** Judges one observation of a target. Pure and total: every observation has exactly one outcome. */
export const classify = (target: Target, observation: Observation, limits: Limits): AttemptOutcome =>
  observation.kind === 'attempted' ? classifyAttempt(target, observation, limits) : classifyNothing(observation);

const classifyAttempt = (target: Target, observation: Attempted, limits: Limits): AttemptOutcome => {
  const read = { ...observation, response: observation.response && readResponse(observation.response) };
  const { failure } = read;
  if (failure !== null) {
    const judgement = judgeLongList(target, read, limits) ?? judgeFailure(failure, read.tls);
    return inWords(target, read, judgement, limits);
  }
  switch (target.kind) {
    case 'http': {
      const judgement = judgeAnswer(target, read, limits);
      return inWords(target, isMlflowsText(target, judgement) ? byMlflow(read) : read, judgement, limits);
    }
    case 'dns':
      return inWords(target, read, judgeChain(target, read), limits);
    case 'tls':
      return classifyAddresses(target, read, limits);
  }
};

/** MLflow’s plain text keeps none of its marks through a proxy. It has the expected content, so MLflow sent it. */
const isMlflowsText = ({ hops, expect }: HttpTarget, { failureMode }: Judgement): boolean =>
  failureMode === 'slow' && hops.includes('mlflow') && ['equals', 'version'].includes(expect.body.kind);

const byMlflow = ({ response, ...read }: Read): Read => ({
  ...read,
  response: response?.answeredBy === 'unknown' ? { ...response, answeredBy: 'mlflow' } : response,
});

/** Codes of a body that goes on past the limit, as sent or decompressed. */
const tooLong: readonly string[] = ['LIMIT_BODY', 'LIMIT_DECOMPRESSED'];

/**
 * A list that is too long to read is judged by its head: what other people store must not make a read fail. Null for
 * anything else.
 */
const judgeLongList = (target: Target, { failure, response, redirects, ...read }: Read, limits: Limits) => {
  if (target.kind !== 'http') return null;
  const { expect } = target;
  if (expect.body.kind !== 'list' && expect.guards?.kind !== 'list') return null;
  if (failure === null || response === null || !tooLong.includes(failure.code)) return null;
  if (!/^application\/json\b/i.test(response.headers['content-type'] ?? '')) return null;
  const any = { kind: 'any' } as const;
  const guards = expect.guards === undefined ? {} : { guards: any };
  const byHead = { ...target, expect: { ...expect, body: any, ...guards } };
  const totalMs = read.timingsMs.total ?? 0;
  const judgement = judgeHttp(byHead, { response, redirects, totalMs }, limits.slowMs);
  return judgement.status === 'pass'
    ? isDegraded('response-too-large', `the list has more than ${limits.bodyBytes} bytes`)
    : judgement;
};

/** The certificate evidence is that of the decisive address. The other addresses are listed beside it. */
const classifyAddresses = (target: TlsTarget, observation: Read, limits: Limits): AttemptOutcome => {
  const { judgement, decisive, each } = judgeAddresses(target, observation);
  const outcome = inWords(target, { ...observation, ...decisive }, judgement, limits);
  const addresses = each.map((one) => addressEvidence(one, observation));
  return { ...outcome, evidence: { ...outcome.evidence, addresses } };
};

const addressEvidence = ({ seen, judgement }: JudgedAddress, observation: Attempted): AddressEvidence => ({
  address: seen.address,
  status: judgement.status,
  failureMode: judgement.failureMode,
  code: seen.failure?.code ?? null,
  summary: limited(summarize(judgement, { ...observation, ...seen }, null), 'summary'),
  certificate: seen.tls?.certificate ?? null,
});

/**
 * Puts an observation into words under a given judgement. Callers bring their own where one response is not enough to
 * judge by.
 */
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

type Read = Attempted & { readonly response: ReadResponse | null };

const inWords = (
  { kind, hops }: Pick<Target, 'kind' | 'hops'>,
  observation: Read,
  judgement: Judgement,
  limits: Limits,
): AttemptOutcome => {
  const { by } = judgement;
  const response =
    by === undefined || observation.response === null
      ? observation.response
      : { ...observation.response, answeredBy: by };
  const answeredBy = response?.answeredBy ?? null;
  const { status, failureMode } = judgement;
  const notWell = failureMode !== null;
  const evidence: Evidence = {
    summary: limited(summarize(judgement, observation, response), 'summary'),
    code: observation.failure?.code ?? null,
    body: notWell && response !== null && response.body !== '' ? limitedTo(response.body, limits.evidenceBytes) : null,
    headers: response === null ? {} : picked(response.headers),
    resolution: kind === 'dns' || observation.failure?.phase === 'resolve' ? observation.resolution : null,
    connects: observation.connects.some(({ code }) => code !== null) ? observation.connects : [],
    certificate: kind === 'tls' || observation.failure?.phase === 'tls' ? (observation.tls?.certificate ?? null) : null,
    addresses: [],
    redirects: observation.redirects.map((one) => ({ ...one, location: limited(one.location, 'location') })),
    version: judgement.version === null ? null : limited(judgement.version, 'version'),
    traceId: observation.traceId === '' ? null : observation.traceId,
    loopLateMs: observation.loopLateMs,
  };
  return {
    status,
    failureMode,
    phase: failureMode === null ? null : phaseOf(observation, failureMode),
    hop: failureMode === null ? null : hopOf(failureMode, answeredBy, hops),
    answeredBy,
    ...findingsOf(judgement, response, observation.failure),
    httpStatus: response?.status ?? null,
    address: observation.address,
    timingsMs: observation.timingsMs,
    evidence,
  };
};

const judgeAnswer = (target: HttpTarget, { response, redirects, timingsMs }: Read, limits: Limits): Judgement =>
  response === null
    ? { ...failed('probe-error', 'neither a response nor a failure'), status: 'inconclusive' }
    : judgeHttp(target, { response, redirects, totalMs: timingsMs.total ?? 0 }, limits.slowMs);

const judgeChain = ({ balancer }: DnsTarget, { resolution }: Attempted): Judgement => {
  const last = resolution?.chain.at(-1) ?? '';
  const shown = (resolution?.chain.length ?? 0) > 1;
  if (balancer === null || !shown || matchesWildcard(balancer, last)) return passed;
  return failed('dns-unexpected-target', `it ends at ${last}, not at ${balancer}`);
};

/** The phase that was under way when it failed. A complete response fails in the phase of its failure mode. */
const phaseOf = ({ failure }: Attempted, failureMode: NonNullable<AttemptOutcome['failureMode']>): Phase =>
  failure?.phase ?? failureModes[failureMode].phase;

const picked = (headers: Headers): Headers =>
  Object.fromEntries(
    tellingHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, limited(value, name === 'location' ? 'location' : 'header')] as const];
    }),
  );

const classifyNothing = ({ reason, detail }: NotAttempted): AttemptOutcome => {
  const outOfTime = reason === 'deadline';
  const why = notAttemptedReasons[reason];
  const summary = detail === '' ? why : `${why}: ${detail}`;
  return outOfTime ? blankOutcome('inconclusive', summary, 'deadline-exceeded') : blankOutcome('skipped', summary);
};
