import { describe, expect, it } from 'vitest';
import { requests, withRoutes } from '../../src/model/requests.ts';
import { allPass, observations, targets } from '../diagnose/observations.ts';
import { outcome, testJudged } from './judged-response.ts';

const leadingTo = (location: string) => ({ location, server: 'Caddy' });
const at = 'https://platform.hokus.ai/login';

describe('a redirect to a login in place of the API', () => {
  testJudged(
    [
      [at, 'registry.health'],
      [at, 'registry.mlflow-proxy'],
      [at, 'registry.mlflow-proxy-search-made-up-key'],
      [at, 'registry.cors-preflight'],
      ['/oauth2/start?rd=%2Fhealth', 'api.health'],
      ['/oauth2/sign_in', 'registry.mlflow-ui'],
      ['https://sso.example.com/', 'mlflow.health'],
      ['https://accounts.google.com/o/oauth2/v2/auth', 'auth.validate-bearer'],
      ['/users/sign_in', 'registry.health'],
      ['https://id.example.com/realms/a/protocol/openid-connect/auth?scope=openid', 'registry.health'],
      ['https://id.example.com/a?client_id=b&response_type=code', 'registry.health'],
      ['https://id.example.com/a?SAMLRequest=b', 'registry.health'],
    ].map(([location = '', id = '']) => ({
      title: `${id} gets one to ${location}`,
      id,
      status: 302,
      headers: leadingTo(location),
      body: '',
      failureMode: 'redirect-unexpected' as const,
      answeredBy: 'login-page' as const,
    })),
  );

  it('is called a login page', () => {
    expect(outcome('registry.health', 302, leadingTo(at), '').evidence.summary).toBe(`302 by a login page: to ${at}`);
  });

  it('shows nothing behind the rule, even where a redirect is expected', () => {
    const passing = outcome('registry.root', 302, leadingTo(at), '');
    expect(passing.status).toBe('pass');
    const { outcomes } = observations(allPass());
    const seen = outcomes.map((one) => (one.target === 'registry.root' ? { ...one, ...passing } : one));
    const [root] = withRoutes(requests({ outcomes: seen, registration: null }), targets).filter(
      ({ id }) => id === 'registry.root',
    );
    expect(root?.proven).toEqual(['dns', 'listener', 'tls', 'rule']);
  });
});

describe('any other redirect', () => {
  testJudged([
    {
      title: 'of the platform’s pages to their own login passes',
      id: 'platform.root',
      status: 302,
      headers: { location: '/login' },
      body: '',
      failureMode: null,
      answeredBy: 'login-page',
    },
    ...['logins-of-today/resso', 'maintenance?return=/login', 'closed#/login'].map((path) => ({
      title: `to /${path} does not lead to a login`,
      id: 'registry.health',
      status: 302,
      headers: leadingTo(`https://registry.hokus.ai/${path}`),
      body: '',
      failureMode: 'redirect-unexpected' as const,
      answeredBy: 'unknown' as const,
    })),
  ]);
});
