import { describe, expect, test } from 'vitest';
import { defaultHosts } from '../../src/platform/hosts.ts';
import type { AwsGateway } from '../../src/sandbox/aws/inventory.ts';
import { askSandbox } from './asking.ts';

const { registry, api, auth } = defaultHosts;
const header = (name: string): string => `$request.header.${name}`;

const open: AwsGateway = { id: 'a1b2c3d4e5', kind: 'HTTP', hosts: [registry, api, auth], routes: [], authorizers: [] };
const guarded = (type: string, sources: readonly string[]): AwsGateway => ({
  ...open,
  routes: [{ path: '$default', type: type === 'JWT' ? 'JWT' : 'CUSTOM', authorizer: 'keys' }],
  authorizers: [{ id: 'keys', type, sources }],
});
const ofRest = (type: string, sources: readonly string[]): AwsGateway => ({
  ...guarded(type, sources),
  kind: 'REST',
  routes: [{ path: '/api/{proxy+}', type: 'CUSTOM', authorizer: 'keys' }],
});
const iamOn = (...paths: readonly string[]): AwsGateway => ({
  ...open,
  routes: paths.map((path) => ({ path, type: path === '/admin' || paths.length === 1 ? 'AWS_IAM' : 'NONE' })),
});

const cases: readonly (readonly [string, AwsGateway, 'confirmed' | 'unknown', RegExp])[] = [
  ['takes JSON Web Tokens', guarded('JWT', [header('Authorization')]), 'confirmed', /takes JSON Web Tokens only/],
  [
    'reads another header',
    guarded('REQUEST', [header('Token')]),
    'confirmed',
    /asks for token, and a request has its key in authorization or x-api-key$/,
  ],
  ['reads a parameter', guarded('REQUEST', ['$request.querystring.key']), 'confirmed', /asks for \?key, and a request/],
  [
    'reads both headers at once',
    guarded('REQUEST', [header('Authorization'), header('X-API-Key')]),
    'confirmed',
    /asks for authorization and x-api-key, and/,
  ],
  [
    'reads one of the two headers',
    guarded('REQUEST', [header('Authorization')]),
    'unknown',
    /what it accepts is not written/,
  ],
  ['names no source', guarded('REQUEST', []), 'unknown', /what it accepts is not written/],
  ['asks for signatures', iamOn('/api/{proxy+}'), 'confirmed', /it asks for signatures of AWS/],
  [
    'asks for signatures elsewhere',
    iamOn('/admin', '$default'),
    'unknown',
    /no route of the API a1b2c3d4e5 that fails/,
  ],
  ['has routes for other paths only', iamOn('/admin'), 'unknown', /no route of the API a1b2c3d4e5 that fails/],
  [
    'is a REST API with a user pool',
    ofRest('COGNITO_USER_POOLS', []),
    'confirmed',
    /takes tokens of a Cognito user pool/,
  ],
  ['is a REST API that reads another header', ofRest('TOKEN', [header('Token')]), 'confirmed', /asks for token/],
  [
    'is a REST API that reads the key',
    ofRest('TOKEN', [header('Authorization')]),
    'unknown',
    /what it accepts is not written/,
  ],
];

describe('a gateway that', () => {
  test.for(cases)('%s: and what AWS says', async ([, gateway, verdict, line]) => {
    const finding = await askSandbox('api-gateway-auth', (inventory) => {
      inventory.gateway = gateway;
    });

    expect(finding, finding.line).toMatchObject({ verdict, line: expect.stringMatching(line) });
  });

  test.for(['HTTP', 'REST'] as const)('stands behind a balancer is found by confirm.gateway: %s', async (kind) => {
    const hidden = kind === 'HTTP' ? guarded('JWT', []) : ofRest('TOKEN', [header('Token')]);
    const asked = (configuration: string) =>
      askSandbox(
        'api-gateway-auth',
        (inventory) => {
          inventory.gateway = { ...hidden, hosts: [] };
        },
        configuration,
      );

    expect(await asked('')).toMatchObject({
      verdict: 'unknown',
      line: expect.stringContaining('set confirm.gateway'),
      source: 'apigatewayv2:GetApiMappings',
    });
    expect(await asked('confirm: { gateway: a1b2c3d4e5 }')).toMatchObject({ verdict: 'confirmed' });
    expect(await asked('confirm: { gateway: zzzzzzzzzz }')).toMatchObject({
      verdict: 'unknown',
      line: expect.stringContaining('AWS has no such resource'),
    });
  });
});
