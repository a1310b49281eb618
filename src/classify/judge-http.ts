import type { Answerer } from '../model/answerers.ts';
import type { RedirectEvidence } from '../model/observation.ts';
import type { HttpTarget } from '../model/target.ts';
import type { ReadResponse } from './answerer.ts';
import { judgeBody } from './body.ts';
import { objectOf } from './json.ts';
import { failed, isDegraded, type Judgement, passed } from './judgement.ts';
import { type Preflight, refusedPreflight } from './preflight.ts';
import { judgeRedirectToHttps, leavesHttps } from './redirect.ts';
import { matchesStatus, modeOfStatus } from './status.ts';
import { modeOfText } from './texts.ts';
import { namedVersion, sameVersion } from './version.ts';

/** Answerers that respond in the platform's place, whatever the status. nginx does so only for its own errors. */
const neverHealthy: readonly Answerer[] = ['balancer', 'waf', 'login-page', 'cdn'];

export interface HttpResponse {
  readonly response: ReadResponse;
  readonly redirects: readonly RedirectEvidence[];
  readonly totalMs: number;
}

/** Judges a whole response: the answerer, then the status, then the body. */
export const judgeHttp = (target: HttpTarget, answer: HttpResponse, slowMs: number): Judgement => {
  const { response, redirects } = answer;
  const { answeredBy } = response;
  const { expect } = target;
  if (answeredBy === 'waf') return failed('waf-blocked');
  if (expect.redirectToHttps === true) return judgeRedirect(target, answer);
  if (expect.alsoHealthy?.status === response.status && expect.alsoHealthy.answeredBy === answeredBy) return passed;
  if (neverHealthy.includes(answeredBy) && !mayAskToLogIn(target, response))
    return failed(modeOfStatus(response, target.hops));
  if (isLetIn(target, answer)) return failed('auth-bypassed', `${letInAs(target)} got ${response.status}`);
  if (expect.preflight !== undefined) return judgePreflight(target, answer, expect.preflight);
  if (!matchesStatus(expect.status, response.status)) return judgeOtherStatus(target, answer);
  // One generation of the API also sends a 401 when it could not check the key. That is not a refusal.
  if (expect.guards !== undefined && modeOfText(response.status, response.body) === 'auth-unavailable')
    return failed('auth-unavailable');
  if (expect.refusedAs !== undefined) {
    const mode = modeOfStatus(response, target.hops);
    if (mode !== expect.refusedAs) return failed(mode);
  }
  if (leavesHttps(target.url, redirects[0]))
    return failed('redirect-unexpected', 'it redirects from https back to http');
  if (expect.answeredBy !== undefined && !expect.answeredBy.includes(answeredBy)) return failed('unexpected-answerer');
  return judgeContent(target, answer, slowMs);
};

/** A host's pages may begin with a login. What needs a key may not. */
const mayAskToLogIn = ({ expect, hops }: HttpTarget, { answeredBy, status }: ReadResponse): boolean =>
  answeredBy === 'login-page' &&
  matchesStatus(['3xx'], status) &&
  matchesStatus(expect.status, status) &&
  !hops.includes('key-check');

const judgePreflight = ({ expect, hops }: HttpTarget, { response }: HttpResponse, asked: Preflight): Judgement => {
  // Without the route or the application, the request was never checked.
  if (response.status === 404 || response.status === 429 || response.status >= 500)
    return failed(modeOfStatus(response, hops));
  const refused = refusedPreflight(response.headers, asked);
  if (refused !== '') return failed('cors-rejected', refused);
  return matchesStatus(expect.status, response.status)
    ? passed
    : failed('cors-rejected', `the preflight got ${response.status}`);
};

const judgeContent = (target: HttpTarget, { response, totalMs }: HttpResponse, slowMs: number): Judgement => {
  const { expect } = target;
  // A redirect's body is not content, and a response to HEAD has none.
  const hasContent = response.status < 300 || response.status > 399;
  const content = judgeBody(response, hasContent && target.method !== 'HEAD' ? expect.body : { kind: 'any' });
  const version = content.version ?? (expect.version === undefined ? null : namedVersion(response));
  const { dependencies } = content;
  if (content.status !== 'pass') return { ...content, version };
  if (expect.version !== undefined && !sameVersion(version, expect.version)) {
    const why = `${version ?? 'no version'} instead of ${expect.version}`;
    return { ...failed('unexpected-version', why), version, dependencies };
  }
  if (totalMs > slowMs) {
    const why = `${Math.round(totalMs)} ms, the limit is ${slowMs} ms`;
    return { ...isDegraded('slow', why), version, dependencies };
  }
  const { oddities = [] } = response;
  if (oddities.length > 0) {
    const why = `not every client reads this response: ${oddities.join(', ')}`;
    return { ...isDegraded('response-malformed', why), version, dependencies };
  }
  return { ...content, version };
};

/** A health route may report an unhealthy state through its status too. Its body is then the news. */
const judgeOtherStatus = (target: HttpTarget, { response }: HttpResponse): Judgement => {
  if (target.expect.body.kind === 'health' && response.status >= 500 && objectOf(response.json) !== null) {
    const content = judgeBody(response, target.expect.body);
    if (content.failureMode === 'dependency-unhealthy') return { ...content, status: 'fail' };
  }
  // Neither the guarded content nor a refusal: some other content.
  return matchesStatus(['2xx'], response.status) && target.expect.guards !== undefined
    ? failed('unexpected-body', 'neither a refusal nor the guarded content')
    : failed(modeOfStatus(response, target.hops));
};

const judgeRedirect = (target: HttpTarget, { response, redirects }: HttpResponse): Judgement => {
  if (matchesStatus(['3xx'], response.status)) {
    const mode = judgeRedirectToHttps(target.url, redirects[0]);
    if (mode === null && !matchesStatus(target.expect.status, response.status)) return failed('unexpected-status');
    return mode === null ? passed : failed(mode);
  }
  return matchesStatus(['2xx'], response.status) && response.answeredBy !== 'balancer'
    ? failed('redirect-unexpected', 'it answers instead of redirecting to https')
    : failed(modeOfStatus(response, target.hops));
};

/** A request that must be refused got the guarded content. */
const isLetIn = ({ expect }: HttpTarget, { response }: HttpResponse): boolean =>
  expect.guards !== undefined &&
  matchesStatus(['2xx'], response.status) &&
  judgeBody(response, expect.guards).status === 'pass';

const letInAs = (target: HttpTarget): string => (target.auth === 'none' ? 'a request without a key' : 'a made-up key');
