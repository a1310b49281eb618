import { carriesKey, type HttpTarget, type Target } from '../model/target.ts';
import { type Hop, paths } from '../platform/hops.ts';
import type { HostRole } from '../platform/hosts.ts';

/** Hops by path prefix; the first match counts. */
const below: Readonly<Partial<Record<HostRole, readonly (readonly [folder: string, hops: readonly Hop[]])[]>>> = {
  registry: [
    ['/mlflow/ajax-api/2.0/mlflow', paths.mlflowToDatabase],
    ['/mlflow/api/2.0/mlflow', paths.mlflowToDatabase],
    ['/mlflow', paths.mlflow],
    ['/api/mlflow/api/2.0/mlflow-artifacts', paths.proxyToArtifacts],
    ['/api/2.0/mlflow-artifacts', paths.proxyToArtifacts],
    ['/api/mlflow', paths.proxyToDatabase],
    ['/api/2.0/mlflow', paths.proxyToDatabase],
  ],
  mlflow: [
    ['/ajax-api/2.0/mlflow', paths.mlflowToDatabase],
    ['/api/2.0/mlflow', paths.mlflowToDatabase],
  ],
};

/** The hops that a request crosses, as far as they are known; `standard`: the default targets. */
export const hopsOf = (target: HttpTarget, standard: readonly Target[]): readonly Hop[] => {
  const { role, auth } = target;
  const { protocol, pathname } = new URL(target.url);
  if (role === null) return protocol === 'https:' ? paths.handshake : ['dns', 'listener'];
  // On port 80 the listener only redirects.
  if (protocol === 'http:') return paths.redirect;
  const [, folder] = below[role]?.find(([name]) => isBelow(pathname, name)) ?? [];
  const isPastApi = folder?.includes('api') === false;
  if (hasApi(role) && !isPastApi && expectsRefusal(target))
    return auth === 'none' ? paths.apiWithKey : paths.apiRefusal;
  return standardHops(target, standard) ?? folder ?? (hasApi(role) ? apiHops(target) : paths[role]);
};

const hasApi = (role: HostRole): role is 'registry' | 'api' => role === 'registry' || role === 'api';

const apiHops = ({ auth }: HttpTarget): readonly Hop[] => (carriesKey(auth) ? paths.apiWithKey : paths.api);

/** The hops of the default target with the same request. */
const standardHops = ({ url, method, auth }: HttpTarget, standard: readonly Target[]): readonly Hop[] | undefined =>
  standard.find(
    (one) =>
      one.kind === 'http' &&
      one.expect.guards === undefined &&
      one.method === method &&
      carriesKey(one.auth) === carriesKey(auth) &&
      new URL(one.url).href === new URL(url).href,
  )?.hops;

/** A request that must be refused without a valid key ends at the key check. */
const expectsRefusal = ({ auth, expect }: HttpTarget): boolean =>
  !carriesKey(auth) && expect.status.every((status) => status === 401 || status === 403);

const isBelow = (pathname: string, folder: string): boolean => pathname === folder || pathname.startsWith(`${folder}/`);
