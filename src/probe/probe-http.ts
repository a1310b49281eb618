import type { Attempted } from '../model/observation.ts';
import type { HttpTarget } from '../model/target.ts';
import { type Address, addressOf, hrefOf } from '../raw/address.ts';
import { readLocation } from '../raw/location.ts';
import { phrase, type Raw } from '../raw/raw.ts';
import { type Asking, ask } from './ask.ts';
import { Attempt, PhaseFailure } from './attempt.ts';
import { Connection } from './connection.ts';
import { dial } from './dial.ts';
import { type Gathered, observe } from './evidence.ts';
import { createTrace } from './identity.ts';
import type { ProbeTools } from './tools.ts';

/** One attempt of an HTTP target. Follows redirects if the target says so. */
export const probeHttp = (target: HttpTarget, tools: ProbeTools): Promise<Attempted> => {
  const attempt = new Attempt(target.timeoutMs, tools.cycleEndsAt, tools.stop);
  return observe(target, attempt, tools, async (gathered) => {
    const trace = createTrace(tools.now());
    gathered.traceId = trace.traceId;
    const asking = { trace, attempt, tools, gathered };
    const asked = addressOf(new URL(target.url));
    const visited = [hrefOf(asked)];
    for (let address: Address | null = asked; address !== null; ) {
      // A key only goes to the origin it was meant for.
      const auth = address.origin.href === asked.origin.href ? target.auth : 'none';
      await visit(address, { ...target, auth }, asking);
      address = followed(target, address, visited, asking);
    }
    return null;
  });
};

const visit = async (address: Address, { method, headers, body, auth }: HttpTarget, asking: Asking): Promise<void> => {
  const { attempt, tools, gathered } = asking;
  gathered.response = null;
  const connection = new Connection(
    await dial(address.origin, attempt, tools, gathered),
    address.origin.origin,
    tools.limits,
  );
  try {
    await ask(connection, { address, method, headers, body, auth }, asking);
  } finally {
    connection.close();
  }
  noteRedirect(address, gathered);
};

const noteRedirect = (address: Address, { response, redirects }: Gathered): void => {
  const location = response?.headers['location'];
  if (response !== null && response.status >= 300 && response.status < 400 && location !== undefined)
    redirects.push({ status: response.status, from: hrefOf(address), location });
};

/**
 * The next address of a redirect. Null unless the target follows redirects. Never leaves https or the hosts we know.
 */
const followed = (target: HttpTarget, from: Address, visited: Raw[], { tools, gathered }: Asking): Address | null => {
  const { response, redirects } = gathered;
  const location = response?.headers['location'];
  if (target.redirects !== 'follow' || response === null || response.status < 300 || response.status > 399) return null;
  const next = location === undefined ? null : readLocation(location, from);
  if (next === null) return null;
  const refuse = (code: string, why: string): PhaseFailure =>
    new PhaseFailure('assertion', code, phrase`${why}: ${next.whole}`);
  const protocol = next.protocol.oneOf(['https:', 'http:']);
  if (protocol === null) throw refuse('REDIRECT_REFUSED', 'neither http nor https');
  if (protocol === 'http:' && from.origin.protocol === 'https:') throw refuse('REDIRECT_REFUSED', 'leaves https');
  const host = next.hostname.oneOf([...tools.knownHosts]);
  if (host === null) throw refuse('REDIRECT_REFUSED', 'not a host of the platform');
  if (next.hasUser) throw refuse('REDIRECT_REFUSED', 'carries a user');
  if (visited.some((href) => href.equals(next.whole)) || redirects.length > tools.limits.redirects)
    throw refuse('REDIRECT_LOOP', `after ${redirects.length} redirects`);
  visited.push(next.whole);
  const origin = new URL(`${protocol}//${host}`);
  origin.port = String(next.port.integer() ?? '');
  return { origin, path: next.path };
};
