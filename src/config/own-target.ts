import { type Hop, paths } from '../platform/hops.ts';
import { type HostRole, type Hosts, hostRoles } from '../platform/hosts.ts';
import type { Limits } from '../platform/limits.ts';
import { carriesKey, type HttpTarget } from '../platform/target.ts';
import { expectationOf, plainExpectation } from './expectation.ts';
import type { OwnTarget } from './schema/target.ts';

const roleOf = (hostname: string, hosts: Hosts): HostRole | null =>
  hostRoles.find((role) => hosts[role] === hostname) ?? null;

/** A request without a valid key that is to be refused ends where keys are checked. */
const expectsRefusal = ({ auth, expect }: HttpTarget): boolean =>
  !carriesKey(auth) && expect.status.every((status) => status === 401 || status === 403);

/** The hops that a request to this URL crosses, as far as the platform is known. */
const hopsOf = (target: HttpTarget): readonly Hop[] => {
  const { role } = target;
  const { protocol, pathname } = new URL(target.url);
  if (role === null) return protocol === 'https:' ? paths.handshake : ['dns', 'listener'];
  // Port 80 has a redirect of the listener's own, and nothing behind it.
  if (protocol === 'http:') return paths.redirect;
  if (role === 'auth' || role === 'platform' || role === 'mlflow') return paths[role];
  if (role === 'registry' && isBelow(pathname, '/mlflow')) return paths.mlflow;
  if (expectsRefusal(target)) return target.auth === 'none' ? paths.apiWithKey : paths.apiRefusal;
  if (role === 'registry' && isBelow(pathname, '/api/mlflow')) return paths.proxyToDatabase;
  return carriesKey(target.auth) ? paths.apiWithKey : paths.api;
};

const isBelow = (pathname: string, folder: string): boolean => pathname === folder || pathname.startsWith(`${folder}/`);

export const lowerCaseNames = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The part of an id that groups targets in reports and metrics. */
export const groupOf = (id: string): string => id.split('.')[0] ?? id;

/** A target of one's own: a request, with the hops that follow from its URL. */
export const ownTarget = (id: string, said: OwnTarget, hosts: Hosts, limits: Limits): HttpTarget => {
  const method = said.method ?? 'GET';
  const { host, hostname, pathname } = new URL(said.url);
  const target: HttpTarget = {
    kind: 'http',
    id,
    host: groupOf(id),
    role: roleOf(hostname, hosts),
    title: `${method} ${host}${pathname}`,
    hops: [],
    enabled: said.enabled ?? true,
    timeoutMs: said.timeoutMs ?? limits.totalMs,
    after: said.after ?? [],
    url: said.url,
    method,
    auth: said.auth ?? 'none',
    headers: lowerCaseNames(said.headers ?? {}),
    body: said.body ?? null,
    redirects: said.redirects ?? 'record',
    expect: expectationOf(plainExpectation, said.expect ?? {}, method),
  };
  return { ...target, hops: hopsOf(target) };
};
