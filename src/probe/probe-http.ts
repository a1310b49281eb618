import type { Attempted } from '../platform/observation.ts';
import type { HttpTarget } from '../platform/target.ts';
import { ask } from './ask.ts';
import { Attempt, PhaseFailure } from './attempt.ts';
import { dial } from './dial.ts';
import { type Gathered, observe } from './evidence.ts';
import { Line } from './exchange.ts';
import { createTrace, type Trace } from './identity.ts';
import type { ProbeTools } from './tools.ts';

/** One attempt of an HTTP target, redirects followed where it says so. */
export const probeHttp = (target: HttpTarget, tools: ProbeTools): Promise<Attempted> => {
  const attempt = new Attempt(target.timeoutMs, tools.cycleEndsAt, tools.stop);
  return observe(target, attempt, tools, async (gathered) => {
    const trace = createTrace(tools.now());
    gathered.traceId = trace.traceId;
    const asked = new URL(target.url);
    const visited = new Set([asked.href]);
    for (let url: URL | null = asked; url !== null; ) {
      await visit(url, url.origin === asked.origin, target, trace, attempt, tools, gathered);
      url = followed(target, url, visited, tools, gathered);
    }
    return null;
  });
};

const visit = async (
  url: URL,
  sameOrigin: boolean,
  target: HttpTarget,
  trace: Trace,
  attempt: Attempt,
  tools: ProbeTools,
  gathered: Gathered,
): Promise<void> => {
  gathered.response = null;
  const line = new Line(await dial(url, attempt, tools, gathered), url.origin, tools.limits);
  try {
    const { method, headers, body } = target;
    // A key stays with the origin that it was meant for.
    const auth = sameOrigin ? target.auth : 'none';
    await ask(line, { url, method, headers, body, auth }, trace, attempt, tools, gathered);
  } finally {
    line.close();
  }
  noteRedirect(url, gathered);
};

const noteRedirect = (url: URL, { response, redirects }: Gathered): void => {
  const location = response?.headers['location'];
  if (response !== null && response.status >= 300 && response.status < 400 && location !== undefined)
    redirects.push({ status: response.status, from: url.href, location });
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
