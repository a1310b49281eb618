import { describe, expect, it } from 'vitest';
import { marksOf } from '../../src/classify/fingerprint.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { Target } from '../../src/model/target.ts';
import { outcome as judged } from '../classify/judged-response.ts';
import { applicationPages, eitherPages, gatewayPages, type StockPage } from '../classify/stock-pages.ts';
import { cycle, html } from './looks.ts';
import { type Seen, targets } from './observations.ts';

const isAsked = ({ kind, enabled, id }: Target): boolean => enabled && kind === 'http' && !id.endsWith('-redirect');
const proxyPaths = targets.filter(
  (one) => isAsked(one) && one.role === 'registry' && /mlflow-(proxy|api)/.test(one.id),
);
const healthOfApi = targets.filter(({ id }) => id === 'api.v1-health');

/** These requests get this page, as the classifier judges it; other responses of the API name this server, or none. */
const diagnosed = (
  elsewhere: readonly Target[],
  { status, headers, body }: StockPage,
  server: string | undefined,
  beside: Readonly<Record<string, Seen>> = {},
): Diagnosis => {
  const ids = elsewhere.map(({ id }) => id);
  const step = 'registry.mlflow-proxy-search';
  const flow = ids.includes(step) ? ['registration.credentials'] : [];
  const failing = Object.fromEntries([...ids, ...flow].map((id) => [id, 'route-not-found' as const]));
  const seen = cycle(server, { ...failing, ...beside }, () => html(404));
  return diagnose(
    {
      ...seen,
      outcomes: seen.outcomes.map((one) => {
        if (!ids.includes(one.target)) return one;
        const got = { ...one, ...judged(one.target, status, headers, body) };
        return { ...got, attempts: [got] };
      }),
      registration: seen.registration && {
        ...seen.registration,
        steps: seen.registration.steps.map((one) => {
          if (flow.length === 0) return one;
          if (one.id !== 'credentials') return { ...one, status: 'skipped', failureMode: null, httpStatus: null };
          return { ...one, ...judged(step, status, headers, body) };
        }),
      },
    },
    targets,
  );
};

const rules = ['alb-routing-misconfigured', 'alb-wrong-target-group'];
const confident = ({ hypotheses }: Diagnosis): readonly string[] =>
  hypotheses.filter(({ probability }) => probability >= 0.8).map(({ id }) => id);

describe.each([
  ['an API that names no server', undefined],
  ['an API that names its server', 'uvicorn'],
])('the proxy’s paths lead to a gateway’s own page, beside %s', (_, server) => {
  it.each(gatewayPages)('a missing rule: $product', (page) => {
    expect(diagnosed(proxyPaths, page, server).faults).toEqual([['alb-routing-misconfigured']]);
  });

  it('and a second fault is found beside it', () => {
    for (const page of gatewayPages) {
      const { faults } = diagnosed(proxyPaths, page, server, {
        'platform.dns': 'dns-nxdomain',
        'platform.root': 'dns-nxdomain',
      });
      expect(faults.flat().toSorted()).toEqual(['alb-routing-misconfigured', 'dns-misconfigured']);
    }
  });
});

describe('the proxy’s paths lead to another server', () => {
  it.each([...eitherPages, ...applicationPages.filter(({ headers }) => headers['server'] === undefined)])(
    'which lacks the API’s mark: $product',
    (page) => {
      const diagnosis = diagnosed(proxyPaths, page, 'uvicorn');
      expect(diagnosis.faults.map((tie) => tie.toSorted())).toEqual([rules]);
      expect(confident(diagnosis)).toEqual([]);
    },
  );

  // Names with a digit, as S3’s, are not kept: they can be those of a machine.
  it.each(eitherPages.filter(({ headers }) => marksOf(headers).server !== ''))(
    'which names itself, as the API does not: $product',
    (page) => {
      const diagnosis = diagnosed(proxyPaths, page, undefined);
      expect(diagnosis.faults.map((tie) => tie.toSorted())).toEqual([rules]);
      expect(confident(diagnosis)).toEqual([]);
    },
  );

  it('a page that a framework and a gateway share is never a sure sign of missing routes', () => {
    for (const page of eitherPages) expect(confident(diagnosed(proxyPaths, page, undefined))).toEqual([]);
  });
});

it.each([...gatewayPages, ...applicationPages, ...eitherPages])(
  'one path of many never shows for sure that the host leads elsewhere: $product',
  (page) => {
    for (const server of [undefined, 'uvicorn']) expect(confident(diagnosed(healthOfApi, page, server))).toEqual([]);
  },
);
