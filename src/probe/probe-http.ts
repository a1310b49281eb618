import type { Attempted } from '../model/observation.ts';
import type { CredentialForm, HttpTarget } from '../model/target.ts';
import { type Address, addressOf, hrefOf } from '../raw/address.ts';
import { readLocation } from '../raw/location.ts';
import { phrase, type Raw } from '../raw/raw.ts';
import { type Asking, ask } from './ask.ts';
import { Attempt, PhaseFailure } from './attempt.ts';
import { Connection } from './connection.ts';
import { dial } from './dial.ts';
import { type Gathered, observe } from './evidence.ts';
import { createTrace } from './identity.ts';
import { cookiesFor, redirectedTo, type Step, wholeOf, withCookies } from './redirect-step.ts';
import type { ProbeTools } from './tools.ts';

/** One attempt of an HTTP target. Follows redirects if the target says so. */
export const probeHttp = (target: HttpTarget, tools: ProbeTools): Promise<Attempted> => {
  const attempt = new Attempt(target.timeoutMs, tools.cycleEndsAt, tools.stop);
  return observe(target, attempt, tools, async (gathered) => {
    const trace = createTrace(tools.now());
    gathered.traceId = trace.traceId;
    const asking = { trace, attempt, tools, gathered };
    const { method, headers, body, auth } = target;
    const asked = addressOf(new URL(target.url));
    const visited: Raw[] = [];
    let step: Step | null = { address: asked, method, headers, body, cookies: [] };
    while (step !== null) {
      visited.push(wholeOf(step));
      // A key only goes to the origin it was meant for.
      const isMeant: boolean = step.address.origin.href === asked.origin.href;
      const set = await visit(step, isMeant ? auth : 'none', asking);
      step = followed(target, withCookies(step, set, tools.now()), visited, asking);
    }
    return null;
  });
};

/** Sends one request and gives the cookies that the response sets. */
const visit = async (step: Step, auth: CredentialForm, asking: Asking): Promise<readonly Raw[]> => {
  const { attempt, tools, gathered } = asking;
  const { address, method, headers, body } = step;
  gathered.response = null;
  const connection = new Connection(
    await dial(address.origin, attempt, tools, gathered),
    address.origin.origin,
    tools.limits,
  );
  try {
    const request = { address, method, headers, body, auth, cookies: cookiesFor(step) };
    const { cookies } = await ask(connection, request, asking);
    noteRedirect(address, gathered);
    return cookies;
  } finally {
    connection.close();
  }
};

const noteRedirect = (address: Address, { response, redirects }: Gathered): void => {
  const location = response?.headers['location'];
  if (response !== null && response.status >= 300 && response.status < 400 && location !== undefined)
    redirects.push({ status: response.status, from: hrefOf(address), location });
};

/** Other 3xx are answers of their own (Fetch, 2.2.6). */
const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

/**
 * The next step of a redirect. Null unless the target follows redirects. Never leaves https or the hosts we know. Leaves
 * out a user: browsers go there too, and ask for a password only if the server does.
 */
const followed = (
  target: HttpTarget,
  step: Step,
  visited: readonly Raw[],
  { tools, gathered }: Asking,
): Step | null => {
  const from = step.address;
  const { response, redirects } = gathered;
  const location = response?.headers['location'];
  if (target.redirects !== 'follow' || response === null || !redirectStatuses.includes(response.status)) return null;
  const next = location === undefined ? null : readLocation(location, from);
  if (next === null) return null;
  const refuse = (code: string, why: string): PhaseFailure =>
    new PhaseFailure('assertion', code, phrase`${why}: ${next.whole}`);
  const protocol = next.protocol.oneOf(['https:', 'http:']);
  if (protocol === null) throw refuse('REDIRECT_REFUSED', 'neither http nor https');
  if (protocol === 'http:' && from.origin.protocol === 'https:') throw refuse('REDIRECT_REFUSED', 'leaves https');
  const host = next.hostname.oneOf([...tools.knownHosts]);
  if (host === null) throw refuse('REDIRECT_REFUSED', 'neither a host of the platform nor one of a target');
  const origin = new URL(`${protocol}//${host}`);
  origin.port = String(next.port.integer() ?? '');
  const to = redirectedTo({ origin, path: next.path }, step, response.status);
  const whole = wholeOf(to);
  if (visited.some((earlier) => earlier.equals(whole)) || redirects.length > tools.limits.redirects)
    throw refuse('REDIRECT_LOOP', `after ${redirects.length} redirects`);
  return to;
};
