import type { Attempted } from '../platform/observation.ts';
import type { HttpTarget } from '../platform/target.ts';
import { Attempt, PhaseFailure } from './attempt.ts';
import { acceptEncoding, decodeBody } from './body.ts';
import { dial } from './dial.ts';
import { type Gathered, observe } from './evidence.ts';
import { exchange } from './exchange.ts';
import { createTrace, credentialHeaders, type Trace } from './identity.ts';
import type { ProbeTools } from './tools.ts';

/** One attempt of an HTTP target, redirects followed where it says so. */
export const probeHttp = (target: HttpTarget, tools: ProbeTools): Promise<Attempted> => {
  const attempt = new Attempt(target.timeoutMs, tools.cycleEndsAt);
  return observe(target, attempt, tools, async (gathered) => {
    const trace = createTrace(tools.now());
    gathered.traceId = trace.traceId;
    const asked = new URL(target.url);
    const visited = new Set([asked.href]);
    for (let url: URL | null = asked; url !== null; ) {
      await ask(url, url.origin === asked.origin, target, trace, attempt, tools, gathered);
      url = followed(target, url, visited, tools, gathered);
    }
    return null;
  });
};

const ask = async (
  url: URL,
  sameOrigin: boolean,
  target: HttpTarget,
  trace: Trace,
  attempt: Attempt,
  tools: ProbeTools,
  gathered: Gathered,
): Promise<void> => {
  const { limits } = tools;
  gathered.response = null;
  const socket = await dial(url, attempt, tools, gathered);
  const answer = await exchange(
    socket,
    {
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: target.method,
      headers: {
        accept: '*/*',
        'accept-encoding': acceptEncoding,
        'user-agent': tools.userAgent,
        ...trace.headers,
        ...target.headers,
        // A key stays with the origin that it was meant for, and never goes over a connection that is not verified.
        ...(sameOrigin && url.protocol === 'https:' ? credentialHeaders(target.auth, tools.apiKey) : {}),
      },
      body: target.body,
    },
    attempt,
    limits,
    (status, headers) => {
      gathered.response = { status, headers, body: '', bytes: 0 };
    },
  );
  gathered.response = {
    status: answer.status,
    headers: answer.headers,
    body: decodeBody(answer.body, answer.headers['content-encoding'], limits.bodyBytes),
    bytes: answer.body.length,
  };
  const location = answer.headers['location'];
  if (answer.status >= 300 && answer.status < 400 && location !== undefined)
    gathered.redirects.push({ status: answer.status, from: url.href, location });
};

/** Where to go next: nowhere, unless the target follows redirects; never off https, nor to a host that is not ours. */
const followed = (
  target: HttpTarget,
  from: URL,
  visited: Set<string>,
  tools: ProbeTools,
  gathered: Gathered,
): URL | null => {
  const { response, redirects } = gathered;
  const location = response?.headers['location'];
  if (target.redirects !== 'follow' || response === null || response.status < 300 || response.status > 399) return null;
  if (location === undefined || !URL.canParse(location, from.href)) return null;
  const next = new URL(location, from);
  const refuse = (code: string, why: string): PhaseFailure =>
    new PhaseFailure('assertion', code, `${next.href}: ${why}`);
  if (next.protocol !== 'https:' && next.protocol !== 'http:')
    throw refuse('REDIRECT_REFUSED', 'neither http nor https');
  if (next.protocol === 'http:' && from.protocol === 'https:') throw refuse('REDIRECT_REFUSED', 'leaves https');
  if (!tools.knownHosts.has(next.hostname)) throw refuse('REDIRECT_REFUSED', 'not a host of the platform');
  if (next.username !== '' || next.password !== '') throw refuse('REDIRECT_REFUSED', 'carries a user');
  if (visited.has(next.href) || redirects.length > tools.limits.redirects)
    throw refuse('REDIRECT_LOOP', `after ${redirects.length} redirects`);
  visited.add(next.href);
  return next;
};
