import type { FactName } from '../facts.ts';
import { type Confirmer, confirmed, undecided, type View } from '../judge.ts';
import type { GatewayAuthorizer, GatewayRoute } from '../resources.ts';
import type { Asked, Subject } from '../subject.ts';

/** Where a request of the platform has its key: in one of the two. */
const keyHeaders: ReadonlySet<string> = new Set(['authorization', 'x-api-key']);

const segments = (path: string): readonly string[] => path.split('/').filter((one) => one !== '');

/** How closely a route's path matches, segment by segment; null: it does not. `{name}` is one segment, `{name+}` the rest. */
const closeness = (pattern: string, path: string): number | null => {
  if (pattern === '$default') return 0;
  const wanted = segments(pattern);
  const given = segments(path);
  const isGreedy = /^\{[^{}/]{1,200}\+\}$/.test(wanted.at(-1) ?? '');
  const fixed = isGreedy ? wanted.slice(0, -1) : wanted;
  if (isGreedy ? given.length <= fixed.length : given.length !== fixed.length) return null;
  const isVariable = (one: string | undefined): boolean => one?.startsWith('{') === true;
  if (!fixed.every((one, index) => isVariable(one) || one === given[index])) return null;
  // A fixed segment goes before a variable, and a whole path before the rest of one.
  return 1 + fixed.reduce((sum, one) => sum + (isVariable(one) ? 2 : 3), 0) + (isGreedy ? 0 : 1);
};

/** The routes that a path takes, of all methods. */
const routesFor = (routes: readonly GatewayRoute[], path: string): readonly GatewayRoute[] => {
  const matching = routes.flatMap((route) => {
    const close = closeness(route.path, path);
    return close === null ? [] : [{ route, close }];
  });
  const most = Math.max(...matching.map(({ close }) => close));
  return matching.filter(({ close }) => close === most).map(({ route }) => route);
};

/** Why no request with a key of the platform passes an authorizer; null: its own code decides. */
const refusalBy = ({ name, type, sources }: GatewayAuthorizer): string | null => {
  if (type === 'JWT' || type === 'COGNITO_USER_POOLS')
    return `its authorizer ${name} takes ${type === 'JWT' ? 'JSON Web Tokens' : 'tokens of a Cognito user pool'} only`;
  const wanted = [...new Set(sources)];
  // A request has its key in one header, and must have all that the authorizer asks for.
  return wanted.length > 1 || wanted.some((one) => !keyHeaders.has(one))
    ? `its authorizer ${name} asks for ${wanted.join(' and ')}, and a request has its key in ${[...keyHeaders].join(' or ')}`
    : null;
};

const refusalOf = (view: View, { signs, authorizer }: GatewayRoute): string | null => {
  if (signs) return 'it asks for signatures of AWS';
  const all = [...view.value('httpAuthorizers'), ...view.value('restAuthorizers')];
  const own = authorizer === null ? undefined : all.find(({ id }) => id === authorizer);
  return own === undefined ? null : refusalBy(own);
};

const withoutBase = (path: string, base: string): string | null => {
  if (base === '') return path;
  return path === `/${base}` || path.startsWith(`/${base}/`) ? path.slice(base.length + 1) || '/' : null;
};

interface Judged {
  readonly asked: Asked;
  readonly routes: readonly GatewayRoute[];
}

/** The routes that each request with a refused key takes. */
const judgedRequests = (view: View, { asked, hostNames }: Subject): readonly Judged[] => {
  const all = [...view.value('gatewayRoutes').flatMap(({ routes }) => routes), ...view.value('gatewayMethods')];
  const refused = asked.filter(({ failureMode }) => failureMode === 'auth-rejected' || failureMode === 'forbidden');
  return refused.map((one) => {
    // The longest base path that fits names the API.
    const apis = view
      .value('gatewayApis')
      .filter(({ host }) => host === null || host === hostNames[one.host])
      .toSorted((a, b) => b.base.length - a.base.length);
    const api = apis.find(({ base }) => withoutBase(one.path ?? '/', base) !== null);
    const path = api === undefined ? null : withoutBase(one.path ?? '/', api.base);
    const own = all.filter((route) => route.api === api?.id);
    return { asked: one, routes: path === null ? [] : routesFor(own, path) };
  });
};

/** Where a route's authorization is written. */
const source: FactName = 'httpAuthorizers';

const gateway: Confirmer = {
  needs: () => ['gatewayApis', 'gatewayRoutes', 'gatewayMethods', 'httpAuthorizers', 'restAuthorizers'],
  judge: (view, subject) => {
    const apis = view.value('gatewayApis');
    if (apis.length === 0)
      return undecided(
        'gatewayApis',
        `API Gateway has no API for ${subject.gatewayHosts.join(', ')}; if one stands in front of them, set confirm.gateway`,
      );
    const named = [...new Set(apis.map(({ id }) => id))].join(', ');
    const judged = judgedRequests(view, subject);
    const reasons = judged.map(({ routes }) => routes.map((one) => refusalOf(view, one)));
    const [first] = judged;
    const reason = reasons[0]?.[0];
    if (first !== undefined && reason && reasons.every((one) => one.length > 0 && !one.includes(null)))
      return confirmed(
        view.value('gatewayRoutes').some(({ isHttp }) => isHttp) ? source : 'restAuthorizers',
        `the route ${first.routes[0]?.path} of the API ${first.routes[0]?.api} refuses each key of the platform: ${reason}`,
      );
    return undecided(
      'gatewayRoutes',
      judged.some(({ routes }) => routes.some(({ isOpen }) => !isOpen))
        ? `the API ${named} checks keys, and what it accepts is not written in its configuration`
        : `no route of the API ${named} that fails checks keys`,
    );
  },
};

export const gatewayConfirmers = { 'api-gateway-auth': gateway } as const;
