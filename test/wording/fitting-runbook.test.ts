import { describe, expect, it } from 'vitest';
import { runbooks } from '../../src/platform/runbooks.ts';
import { type AffectedRequest, fittingRunbook } from '../../src/wording/fitting-runbook.ts';

const now = '2026-11-27T18:00:00.000Z';
const soon: AffectedRequest = {
  status: 'degraded',
  failureMode: 'tls-expires-soon',
  validTo: '2026-12-06T20:00:00.000Z',
};
const failing: AffectedRequest = { status: 'fail', failureMode: 'lb-bad-gateway' };
const intermittent: AffectedRequest = { status: 'degraded', failureMode: 'lb-bad-gateway' };

describe('a certificate that expires soon', () => {
  it.each([
    { at: now, title: 'The certificate expires in 9 days, on 2026-12-06; until then it is valid.' },
    {
      at: '2026-12-05T19:00:00.000Z',
      title: 'The certificate expires in 1 day, on 2026-12-06; until then it is valid.',
    },
    {
      at: '2026-12-06T10:00:00.000Z',
      title: 'The certificate expires within a day, on 2026-12-06; until then it is valid.',
    },
    { at: null, title: 'The certificate expires on 2026-12-06; until then it is valid.' },
  ])('says how long is left at $at', ({ at, title }) => {
    expect(fittingRunbook('tls-certificate-invalid', [soon], { now: at }).title).toBe(title);
  });

  it('names the first of several to end, and never calls one invalid', () => {
    const later = { ...soon, validTo: '2026-12-20T20:00:00.000Z' };
    const { validTo: _, ...undated } = soon;
    for (const affected of [[later, soon], [soon, later], [soon, undated], [undated]]) {
      const { title, headline, remedy } = fittingRunbook('tls-certificate-invalid', affected, { now });
      expect(`${title} ${headline}`).toMatch(affected.includes(soon) ? /in 9 days/ : /expires soon/);
      expect(`${title} ${headline} ${remedy}`).not.toMatch(/not valid|invalid/);
    }
  });
});

describe('a certificate that clients refuse', () => {
  const met = (failureMode: AffectedRequest['failureMode'], validTo?: string): AffectedRequest => ({
    status: 'fail',
    failureMode,
    ...(validTo === undefined ? {} : { validTo }),
  });
  const [past, future] = ['2026-11-27T17:00:00.000Z', '2027-11-27T17:00:00.000Z'];

  it.each([
    { affected: [met('tls-expired', past), soon], title: 'The certificate on the listener expired on 2026-11-27.' },
    {
      affected: [met('tls-expired', future)],
      title: 'The certificate on the listener is in its time, but one of its issuers has expired.',
    },
    {
      affected: [met('tls-expired', past), met('tls-expired', '2026-11-01T00:00:00.000Z')],
      title: 'The certificate on the listener has expired, or one of its issuers has.',
    },
    { affected: [met('tls-not-yet-valid', future)], title: 'The certificate on the listener is not valid yet.' },
    {
      affected: [met('tls-name-mismatch', future)],
      title: 'The certificate on the listener does not cover the name of the host.',
    },
    {
      affected: [met('tls-untrusted')],
      title: 'The certificate on the listener is not signed by a trusted CA, or its chain is incomplete.',
    },
    {
      affected: [met('tls-untrusted'), met('tls-name-mismatch')],
      title:
        'The certificate on the listener does not cover the name of the host; or it is not signed by a trusted CA, or its chain is incomplete.',
    },
    {
      affected: [met('tls-handshake-failed')],
      title:
        'The listener ends the TLS handshake: over its versions or ciphers, or a client certificate that it asks for.',
    },
    { affected: [], title: runbooks['tls-certificate-invalid'].title },
  ])('is named by what is wrong: $title', ({ affected, title }) => {
    expect(fittingRunbook('tls-certificate-invalid', affected, { now }).title).toBe(title);
  });

  it('says the same without a date where the words must stay true', () => {
    expect(fittingRunbook('tls-certificate-invalid', [met('tls-expired', past)], { now: null })).toMatchObject({
      title: 'The certificate on the listener has expired, or one of its issuers has.',
      headline: 'certificate has expired',
    });
  });
});

describe('a fault that stops only some requests', () => {
  it('is not called an outage of the service, and says how many requests it stops', () => {
    const affected = [failing, failing, intermittent];
    expect(
      fittingRunbook('mlflow-service-unhealthy', affected, { now, crossing: { count: 29, hop: 'mlflow' } }),
    ).toMatchObject({
      title:
        'MLflow does not answer some requests: 3 of 29 requests that cross MLflow fail, or pass only when they are repeated.',
      headline: 'part of MLflow is down',
    });
  });

  it('keeps the cause where it is no outage', () => {
    const { title } = fittingRunbook('database-pool-exhausted', [intermittent], { now });
    expect(title).toBe(`In part (1 request): ${runbooks['database-pool-exhausted'].title}`);
  });

  it.each([
    ['nothing passes', [failing, failing]],
    [
      'a single request of many passed, as when an outage begins',
      [...Array.from({ length: 8 }, () => failing), intermittent],
    ],
    ['it is only slow', [{ status: 'degraded', failureMode: 'slow' } as const]],
    ['nothing is known about it', []],
  ])('has the usual words when %s', (_, affected) => {
    expect(fittingRunbook('mlflow-service-unhealthy', affected, { now })).toEqual(runbooks['mlflow-service-unhealthy']);
  });
});

describe('a health check that fails', () => {
  const health = (failureMode: AffectedRequest['failureMode']): AffectedRequest => ({ status: 'fail', failureMode });

  it('is what the health route reports if every task answers', () => {
    const { title, remedy } = fittingRunbook('health-check-mismatch', [health('dependency-unhealthy')], { now });
    expect(title).toBe('The health route reports a dependency, or does not report health; the tasks answer.');
    expect(remedy).toContain('dependency');
  });

  it('is a wrong health check if tasks are out', () => {
    const affected = [health('dependency-unhealthy'), health('lb-no-target')];
    expect(fittingRunbook('health-check-mismatch', affected, { now }).title).toContain('takes tasks out');
  });
});

describe('the texts about a store or pool', () => {
  const textOf = (id: keyof typeof runbooks): string => JSON.stringify(runbooks[id]);

  it.each([
    ['artifact-store-failing', /time-outs/],
    ['redis-unreachable', /maxclients.*maxmemory/],
    ['service-discovery-broken', /old address/],
    ['tls-certificate-invalid', /without its chain.*intermediates/],
    ['database-pool-exhausted', /pooler.*query_wait_timeout/],
    ['database-unreachable', /server_login_retry/],
    ['database-auth-failing', /server_login_retry/],
  ] as const)('%s covers every way in which it fails', (id, words) => {
    expect(textOf(id)).toMatch(words);
  });
});
