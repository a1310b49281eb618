import { hrefOf } from '../raw/address.ts';
import { addressIn, type Location, readLocation } from '../raw/location.ts';
import { phrase, Raw } from '../raw/raw.ts';
import type { HttpRequest } from './ask.ts';
import { PhaseFailure } from './attempt.ts';
import type { Gathered } from './evidence.ts';

const redirects: readonly number[] = [301, 302, 303, 307, 308];

/** They keep method and body. The others make a GET of a PUT (requests 2.32, sessions.py), so the upload is lost. */
const keeping: readonly number[] = [307, 308];

/** The code in an error of S3, Google Cloud Storage or Azure. The rest can contain the signature that was refused. */
const storeCode = (body: Raw): Raw => {
  const code = body.split('<Code>')[1]?.split('</Code>')[0];
  return code?.hasForm(/^[A-Za-z]{1,64}$/) === true ? code : Raw.from('');
};

/**
 * Leaves of a redirect only its host as evidence: a presigned URL is a secret. Leaves of a store's response only its
 * code.
 * @returns the location of a redirect
 */
export const veil = (gathered: Gathered, { address }: HttpRequest, isStore: boolean): Location | null => {
  const { response } = gathered;
  if (response === null) return null;
  const { location } = response.headers;
  const to = location === undefined ? null : readLocation(location, address);
  const shown = to === null ? Raw.from('') : phrase`${to.protocol}//${to.hostname}/…`;
  const isRedirect = redirects.includes(response.status) && location !== undefined;
  if (isRedirect) {
    const from = isStore ? phrase`${address.origin.origin}/…` : hrefOf(address);
    gathered.redirects.push({ status: response.status, from, location: shown });
  }
  const headers = location === undefined ? response.headers : { ...response.headers, location: shown };
  const body = isRedirect ? Raw.from('') : isStore ? storeCode(response.body) : response.body;
  gathered.response = { ...response, headers, body };
  return isRedirect ? to : null;
};

/**
 * The request that a redirect leads to, as Python's requests, and so MLflow's client, follows it. Null: the client
 * would send another one. @throws PhaseFailure if only the client would go there, or after too many redirects
 */
export const followed = (request: HttpRequest, to: Location, gathered: Gathered, most: number): HttpRequest | null => {
  if (request.method !== 'GET' && !keeping.includes(gathered.response?.status ?? 0)) return null;
  endLoop(gathered, most);
  const address = to.protocol.is('https:') && !to.hasUser ? addressIn(to) : null;
  if (address === null) {
    const why = phrase`artifacts are redirected to ${to.protocol}//${to.hostname}; this prober follows only to https`;
    throw new PhaseFailure('assertion', 'REDIRECT_UNSEEN', why);
  }
  gathered.response = null;
  return { ...request, address };
};

const endLoop = ({ redirects: { length } }: Gathered, most: number): void => {
  if (length > most) throw new PhaseFailure('assertion', 'REDIRECT_LOOP', `after ${length} redirects`);
};

/** The part of a path that names MLflow's route. */
const routeIn = (path: Raw): Raw => path.split('?')[0]?.split('/2.0/').at(-1) ?? path;

/**
 * The request that a redirect leads to if it is to the same route of the same origin: to its form with a final slash,
 * or to below another prefix. MLflow's client follows it silently and keeps the key. Null for any other response, such
 * as a redirect to a login page.
 */
export const moved = (request: HttpRequest, gathered: Gathered, most: number): HttpRequest | null => {
  const { response } = gathered;
  const location = response?.headers.location;
  if (response === null || location === undefined || !redirects.includes(response.status)) return null;
  if (request.method !== 'GET' && !keeping.includes(response.status)) return null;
  const to = readLocation(location, request.address);
  const address = to === null || to.hasUser ? null : addressIn(to);
  if (address === null || address.origin.origin !== request.address.origin.origin) return null;
  const [route, other] = [routeIn(request.address.path), routeIn(address.path)];
  if (!other.equals(route) && !other.equals(phrase`${route}/`)) return null;
  gathered.redirects.push({ status: response.status, from: hrefOf(request.address), location });
  endLoop(gathered, most);
  gathered.response = null;
  return { ...request, address };
};
