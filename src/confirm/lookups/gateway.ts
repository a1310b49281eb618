import type { SomeLookups } from '../lookup.ts';
import type { GatewayAuthorizer, GatewayRoute } from '../resources.ts';
import type { Subject } from '../subject.ts';
import { child, isRecord, list, optional, optionalList, type Tree, text, texts } from '../tree.ts';

const absent = 'NotFoundException';
const nextToken = { parameter: 'nextToken', path: ['nextToken'] };
const position = { parameter: 'position', path: ['position'] };

/** The most of one page, for REST APIs. */
const atOnce = { limit: 500 };

/** `$request.header.Authorization`, and `method.request.header.Authorization, …` of REST APIs. */
const sourceForm = /request\.(header|querystring)\.([A-Za-z0-9_-]{1,100})$/;

const sourcesIn = (all: readonly string[]): readonly string[] =>
  all.flatMap((one) => {
    const [, kind, name = ''] = sourceForm.exec(one.trim()) ?? [];
    if (kind === undefined) return [];
    return [kind === 'header' ? name.toLowerCase() : `?${name}`];
  });

const routeOf = (tree: Tree, api: string, path: string): GatewayRoute => ({
  api,
  path,
  type: optional(tree, 'authorizationType') ?? 'NONE',
  authorizer: optional(tree, 'authorizerId'),
  wantsGatewayKey: optional(tree, 'apiKeyRequired') === 'true',
});

const httpAuthorizerOf = (tree: Tree): GatewayAuthorizer => ({
  id: text(tree, 'authorizerId'),
  name: text(tree, 'name'),
  type: text(tree, 'authorizerType'),
  sources: sourcesIn(texts(optionalList(tree, ['identitySource']))),
});

const restAuthorizerOf = (tree: Tree): GatewayAuthorizer => ({
  id: text(tree, 'id'),
  name: text(tree, 'name'),
  type: text(tree, 'type'),
  sources: sourcesIn((optional(tree, 'identitySource') ?? '').split(',')),
});

/** The methods of a resource, without the one that browsers ask first. */
const methodsOf = (tree: Tree, api: string): readonly GatewayRoute[] => {
  const methods = child(tree, 'resourceMethods');
  return Object.entries(isRecord(methods) ? methods : {})
    .filter(([method]) => method !== 'OPTIONS')
    .map(([, method]) => routeOf(method, api, text(tree, 'path')));
};

const idsOf = (all: readonly { readonly id: string }[]): readonly string[] => [...new Set(all.map(({ id }) => id))];

/** Of an HTTP API: `ANY /{proxy+}`, or `$default`. */
const pathIn = (routeKey: string): string => routeKey.slice(routeKey.indexOf(' ') + 1);

const configured = ({ inventory, gatewayIds }: Subject): readonly string[] =>
  inventory.gateway === null ? gatewayIds : [inventory.gateway];

export const gatewayLookups: SomeLookups<
  'gatewayApis' | 'gatewayRoutes' | 'gatewayMethods' | 'httpAuthorizers' | 'restAuthorizers'
> = {
  gatewayApis: {
    operation: 'apigatewayv2:GetApiMappings',
    needs: [],
    calls: (subject) => (configured(subject).length > 0 ? [] : subject.gatewayHosts.map((Id) => ({ Id }))),
    paging: nextToken,
    absent,
    read: (_, subject, __, perCall) =>
      configured(subject).length > 0
        ? configured(subject).map((id) => ({ id, host: null, base: '' }))
        : subject.gatewayHosts.flatMap((host, index) =>
            (perCall[index] ?? [])
              .filter((page) => page !== null)
              .flatMap((page) => list(page, ['items']))
              .map((one) => ({ id: text(one, 'apiId'), host, base: optional(one, 'apiMappingKey') ?? '' })),
          ),
  },
  gatewayRoutes: {
    operation: 'apigatewayv2:GetRoutes',
    needs: ['gatewayApis'],
    calls: (_, { gatewayApis }) => idsOf(gatewayApis).map((Id) => ({ Id })),
    paging: nextToken,
    absent,
    read: (_, __, { gatewayApis }, perCall) =>
      idsOf(gatewayApis).map((id, index) => ({
        id,
        // This call knows no REST APIs.
        isHttp: perCall[index]?.[0] !== null,
        routes: (perCall[index] ?? [])
          .filter((page) => page !== null)
          .flatMap((page) => list(page, ['items']))
          .map((one) => routeOf(one, id, pathIn(text(one, 'routeKey')))),
      })),
  },
  gatewayMethods: {
    operation: 'apigateway:GetResources',
    needs: ['gatewayRoutes'],
    calls: (_, { gatewayRoutes }) =>
      gatewayRoutes.filter(({ isHttp }) => !isHttp).map(({ id: Id }) => ({ Id, embed: 'methods', ...atOnce })),
    paging: position,
    read: (_, __, { gatewayRoutes }, perCall) =>
      gatewayRoutes
        .filter(({ isHttp }) => !isHttp)
        .flatMap(({ id }, index) =>
          (perCall[index] ?? []).flatMap((page) => list(page, ['item']).flatMap((one) => methodsOf(one, id))),
        ),
  },
  httpAuthorizers: {
    operation: 'apigatewayv2:GetAuthorizers',
    needs: ['gatewayRoutes'],
    calls: (_, { gatewayRoutes }) => gatewayRoutes.filter(({ isHttp }) => isHttp).map(({ id: Id }) => ({ Id })),
    paging: nextToken,
    read: (answers) => answers.flatMap((answer) => list(answer, ['items']).map(httpAuthorizerOf)),
  },
  restAuthorizers: {
    operation: 'apigateway:GetAuthorizers',
    needs: ['gatewayRoutes'],
    calls: (_, { gatewayRoutes }) =>
      gatewayRoutes.filter(({ isHttp }) => !isHttp).map(({ id: Id }) => ({ Id, ...atOnce })),
    paging: position,
    read: (answers) => answers.flatMap((answer) => list(answer, ['item']).map(restAuthorizerOf)),
  },
};
