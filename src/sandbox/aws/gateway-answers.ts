import type { AwsGateway, AwsInventory } from './inventory.ts';
import { NoSuchResource } from './resources.ts';

/** How a REST API names what its authorizer reads. */
const restSource = (source: string): string => source.replace('$request', 'method.request');

const missing = (): never => {
  throw new NoSuchResource('NotFoundException');
};

const httpAnswer = ({ routes, authorizers }: AwsGateway, part: string): object =>
  part === 'routes'
    ? {
        items: routes.map(({ path, type, authorizer }, index) => ({
          routeId: `r${index}`,
          routeKey: path === '$default' ? path : `ANY ${path}`,
          authorizationType: type,
          ...(authorizer === undefined ? {} : { authorizerId: authorizer }),
        })),
      }
    : {
        items: authorizers.map(({ id, type, sources }) => ({
          authorizerId: id,
          name: id,
          authorizerType: type,
          identitySource: sources,
          ...(type === 'JWT'
            ? { jwtConfiguration: { audience: ['hokusai'], issuer: 'https://login.example.com' } }
            : {}),
        })),
      };

const restAnswer = ({ routes, authorizers }: AwsGateway, part: string): object =>
  part === 'resources'
    ? {
        item: routes.map(({ path, type, authorizer }, index) => ({
          id: `r${index}`,
          path,
          resourceMethods: {
            OPTIONS: { httpMethod: 'OPTIONS', authorizationType: 'NONE', apiKeyRequired: false },
            ANY: {
              httpMethod: 'ANY',
              authorizationType: type,
              apiKeyRequired: false,
              ...(authorizer === undefined ? {} : { authorizerId: authorizer }),
            },
          },
        })),
      }
    : {
        item: authorizers.map(({ id, type, sources }) => ({
          id,
          name: id,
          type,
          identitySource: sources.map(restSource).join(', '),
        })),
      };

/** Answers of API Gateway. */
export const gatewayAnswers = ({ gateway }: AwsInventory, path: string): object => {
  const [, version, kind, id = '', part = ''] = (path.startsWith('/v2/') ? path : `/v1${path}`).split('/');
  if (gateway === null) return missing();
  if (kind === 'domainnames')
    return gateway.hosts.includes(decodeURIComponent(id))
      ? { items: [{ apiId: gateway.id, apiMappingId: 'm1', apiMappingKey: '', stage: '$default' }] }
      : missing();
  if (id !== gateway.id || (version === 'v2') !== (gateway.kind === 'HTTP')) return missing();
  return version === 'v2' ? httpAnswer(gateway, part) : restAnswer(gateway, part);
};

/** The name of the call, by its path. */
export const gatewayAction = (path: string): string => {
  if (path.endsWith('/apimappings')) return 'GetApiMappings';
  if (path.endsWith('/routes')) return 'GetRoutes';
  return path.endsWith('/resources') ? 'GetResources' : 'GetAuthorizers';
};
