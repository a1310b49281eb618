import type { Headers } from '../model/headers.ts';
import type { HttpTarget } from '../model/target.ts';

export type Preflight = NonNullable<HttpTarget['expect']['preflight']>;

/** Why a browser would refuse this preflight response; empty if it would accept it (Fetch standard, CORS protocol). */
export const refusedPreflight = (headers: Headers, asked: Preflight): string => {
  const origin = headers['access-control-allow-origin'];
  if (origin === undefined) return 'no access-control-allow-origin';
  if (origin !== asked.origin && origin !== '*') return `access-control-allow-origin is ${origin}, not ${asked.origin}`;
  if (!allows(headers['access-control-allow-methods'], [asked.method]))
    return `access-control-allow-methods does not name ${asked.method}`;
  // The asterisk never covers `authorization` (Fetch, "CORS non-wildcard request-header name").
  if (!allows(headers['access-control-allow-headers'], asked.headers, 'authorization'))
    return `access-control-allow-headers does not name ${asked.headers.join(', ')}`;
  return '';
};

const allows = (header: string | undefined, wanted: readonly string[], neverByAsterisk?: string): boolean => {
  const named = (header ?? '').split(',').map((name) => name.trim().toLowerCase());
  return wanted.every(
    (name) => named.includes(name.toLowerCase()) || (named.includes('*') && name.toLowerCase() !== neverByAsterisk),
  );
};
