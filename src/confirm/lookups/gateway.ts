import type { Needed, SomeLookups } from '../lookup.ts';
import type { GatewayAuthorizer, GatewayRoute } from '../resources.ts';
import type { Subject } from '../subject.ts';
import { child, isRecord, list, optional, type Tree, text } from '../tree.ts';

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
  isOpen: optional(tree, 'authorizationType') === 'NONE' && optional(tree, 'apiKeyRequired') !== 'true',
  signs: optional(tree, 'authorizationType') === 'AWS_IAM',
  authorizer: optional(tree, 'authorizerId'),
});

/** HTTP APIs have a list of sources, REST APIs a text. */
const authorizerOf = (tree: Tree): GatewayAuthorizer => ({
  id: optional(tree, 'authorizerId') ?? text(tree, 'id'),
  name: text(tree, 'name'),
  type: optional(tree, 'authorizerType') ?? text(tree, 'type'),
  sources: sourcesIn([child(tree, 'identitySource')].flat().join().split(',')),
});

/** The methods of a resource, without the one that browsers ask first. */
const methodsOf = (tree: Tree, api: string): readonly GatewayRoute[] => {
  const methods = child(tree, 'resourceMethods');
  return Object.entries(isRecord(methods) ? methods : {})
    .filter(([method]) => method !== 'OPTIONS')
    .map(([, method]) => routeOf(method, api, text(tree, 'path')));
};

const idsOf = (all: readonly { readonly id: string }[]): readonly string[] => [...new Set(all.map(({ id }) => id))];

/** What is listed in the pages of one call; nothing if what was asked about does not exist. */
const listed = (pages: readonly Tree[] | undefined, name: string): readonly Tree[] =>
  (pages ?? []).filter((page) => page !== null).flatMap((page) => list(page, [name]));

const idsWith = ({ gatewayRoutes }: Pick<Needed, 'gatewayRoutes'>, isHttp: boolean): readonly string[] =>
  gatewayRoutes.filter((one) => one.isHttp === isHttp).map(({ id }) => id);

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
    read: (_, subject, __, perCall) => [
      ...configured(subject).map((id) => ({ id, host: null, base: '' })),
      ...subject.gatewayHosts.flatMap((host, index) =>
        listed(perCall[index], 'items').map((one) => ({
          id: text(one, 'apiId'),
          host,
          base: optional(one, 'apiMappingKey') ?? '',
        })),
      ),
    ],
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
        routes: listed(perCall[index], 'items').map((one) => routeOf(one, id, pathIn(text(one, 'routeKey')))),
      })),
  },
  gatewayMethods: {
    operation: 'apigateway:GetResources',
    needs: ['gatewayRoutes'],
    calls: (_, facts) => idsWith(facts, false).map((Id) => ({ Id, embed: 'methods', ...atOnce })),
    paging: position,
    read: (_, __, facts, perCall) =>
      idsWith(facts, false).flatMap((id, index) => listed(perCall[index], 'item').flatMap((one) => methodsOf(one, id))),
  },
  httpAuthorizers: {
    operation: 'apigatewayv2:GetAuthorizers',
    needs: ['gatewayRoutes'],
    calls: (_, facts) => idsWith(facts, true).map((Id) => ({ Id })),
    paging: nextToken,
    read: (answers) => listed(answers, 'items').map(authorizerOf),
  },
  restAuthorizers: {
    operation: 'apigateway:GetAuthorizers',
    needs: ['gatewayRoutes'],
    calls: (_, facts) => idsWith(facts, false).map((Id) => ({ Id, ...atOnce })),
    paging: position,
    read: (answers) => listed(answers, 'item').map(authorizerOf),
  },
};
