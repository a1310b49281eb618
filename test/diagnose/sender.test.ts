import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { evidenceOf, type Observed } from '../../src/diagnose/evidence.ts';
import type { Seen as Cycle } from '../../src/model/requests.ts';
import { asked, cycle, html, json, type Look } from './looks.ts';
import { targets } from './observations.ts';

const write = 'registration.prove-deletion';

/** The flow ends with a refusal of its first write. */
const writeFails = (server: string | undefined, by: 'application' | 'unknown' | 'nginx', look: Look): Cycle => {
  const { registration, ...whole } = cycle(server, { [write]: ['forbidden', by] }, () => look);
  const steps = registration?.steps.map((one, index, all) =>
    all.slice(0, index).some(({ status }) => status === 'fail')
      ? { ...one, status: 'skipped' as const, answeredBy: null }
      : one,
  );
  return { ...whole, registration: registration && { ...registration, steps: steps ?? [] } };
};

const namedIn = (seen: Cycle): readonly (readonly string[])[] =>
  diagnose(seen, targets).faults.map((tie) => tie.toSorted());

const observedIn = (seen: Cycle, id: string): Observed | undefined =>
  evidenceOf(seen, targets).observed.find(({ request }) => request.id === id);

describe('a 403 on writes', () => {
  it.each([
    ['the API’s JSON', writeFails('uvicorn', 'application', json(403, 'uvicorn'))],
    ['JSON of an API that names no server', writeFails(undefined, 'application', json(403))],
  ])('is about the key’s scopes: %s', (_, seen) => {
    expect(namedIn(seen)).toEqual([['write-scope-missing']]);
  });

  it.each([
    ['a page without a server’s name', writeFails('uvicorn', 'unknown', html(403))],
    ['JSON without a server’s name', writeFails('uvicorn', 'application', json(403))],
    ['another server', writeFails('uvicorn', 'unknown', html(403, 'Varnish'))],
    ['nginx before the API', writeFails('uvicorn', 'nginx', html(403, 'nginx'))],
    ['nginx that replaces every server’s name', writeFails('nginx', 'nginx', html(403, 'nginx'))],
    ['a gateway that replaces every server’s name', writeFails('envoy', 'unknown', html(403, 'envoy'))],
    ['a page before an API that names no server', writeFails(undefined, 'unknown', html(403))],
  ])('of something in front says nothing about scopes: %s', (_, seen) => {
    expect(observedIn(seen, write)?.isForeign).toBe(true);
    expect(diagnose(seen, targets)).toMatchObject({ faults: [], outside: ['writes-filtered-in-front'] });
  });
});

describe('a 404 without any mark on all paths of a host', () => {
  const ids = (...hosts: readonly string[]): readonly string[] =>
    targets
      .filter(
        ({ host, kind, enabled, id }) =>
          enabled && kind === 'http' && hosts.includes(host) && !id.endsWith('-redirect'),
      )
      .map(({ id }) => id);
  const lost = (by: 'unknown' | 'application', look: Look, ...hosts: readonly string[]): Cycle =>
    cycle('uvicorn', Object.fromEntries(ids(...hosts).map((id) => [id, ['route-not-found', by]])), () => look);
  // Another service of the platform would have a root, and these hosts have more than one path.
  it.each([
    ['mlflow', ['alb-routing-misconfigured', 'alb-wrong-target-group']],
    ['platform', ['alb-routing-misconfigured']],
    ['api', ['alb-routing-misconfigured']],
    ['auth', ['alb-routing-misconfigured']],
  ] as const)('may be a rule or, with few paths, another application: %s', (host, named) => {
    const page = lost('unknown', html(404), host);
    const { hypotheses } = diagnose(page, targets);
    expect(namedIn(page)).toEqual([named]);
    expect(hypotheses.every(({ probability }) => probability < 0.8)).toBe(true);
    expect(namedIn(lost('application', json(404), host))).toEqual([named]);
  });

  it('is the rules of their balancer if its hosts share it', () => {
    expect(namedIn(lost('unknown', html(404), 'api', 'platform', 'auth'))).toEqual([['alb-routing-misconfigured']]);
  });

  it('is another application if that names its server', () => {
    expect(namedIn(lost('application', json(404, 'gunicorn'), 'platform'))).toEqual([['alb-wrong-target-group']]);
  });
});

it('a page that another host serves as its own is that host’s application', () => {
  const failing = targets.filter(({ host, kind }) => host === 'registry' && kind === 'http').map(({ id }) => id);
  const open = (id: string): boolean => !/root|mlflow-proxy$|-redirect$/.test(id);
  const page = cycle(
    'uvicorn',
    Object.fromEntries(failing.filter(open).map((id) => [id, ['unexpected-body', 'unknown'] as const])),
    () => html(200),
  );
  const seen = {
    ...page,
    registration: null,
    outcomes: page.outcomes.map((one) =>
      one.target === 'platform.root' ? asked({ ...one, answeredBy: 'unknown', fingerprint: 'page' }) : one,
    ),
  };
  expect(namedIn(seen)).toEqual([['alb-wrong-target-group']]);
});

it('a 401 page on all of a host, before the API and before MLflow, says nothing about the key', () => {
  const all = targets.filter(({ host, kind }) => host === 'registry' && kind === 'http').map(({ id }) => id);
  const failing = Object.fromEntries(
    all.filter((id) => !id.endsWith('-redirect')).map((id) => [id, ['auth-rejected', 'unknown'] as const]),
  );
  const seen = cycle('uvicorn', failing, () => html(401));
  expect(observedIn(seen, 'registry.mlflow-proxy-search')?.isForeign).toBe(true);
  expect(namedIn(seen)).toEqual([]);
});

describe('a 500 on everything that the API passes on', () => {
  const proxied = [
    'mlflow-proxy-health',
    'mlflow-proxy-version',
    'mlflow-proxy-search',
    'mlflow-proxy-search-x-api-key',
  ];
  const failing = Object.fromEntries(
    [...proxied, 'mlflow-api-search'].map((name) => [`registry.${name}`, ['server-error', 'unknown'] as const]),
  );
  const seen = (server: string | undefined, look: Look): Cycle => ({
    ...cycle(server, failing, () => look),
    registration: null,
  });

  it.each([
    ['neither names a server', seen(undefined, html(500))],
    ['both name the same server', seen('cowboy', html(500, 'Cowboy'))],
  ])('is the application’s if it has the marks of the good responses, and a setting may be missing: %s', (_, all) => {
    expect(observedIn(all, 'registry.mlflow-proxy-search')?.answeredBy).toBe('application');
    expect(namedIn(all)).toEqual([['env-vars-missing']]);
    expect(diagnose(all, targets).hypotheses[0]?.probability).toBeLessThan(0.8);
  });

  it.each([
    ['it names no server', seen('uvicorn', html(500))],
    ['it names another one', seen('uvicorn', html(500, 'Varnish'))],
  ])('is not the application’s otherwise: %s', (_, all) => {
    expect(observedIn(all, 'registry.mlflow-proxy-search')?.isForeign).toBe(true);
    expect(namedIn(all)).not.toContainEqual(['env-vars-missing']);
  });
});
