import { describe, expect, it } from 'vitest';
import { isDoubtful } from '../../src/diagnose/diagnose.ts';
import { probedRequestOf } from '../../src/diagnose/probed-request.ts';
import { comparing } from '../../src/diagnose/sender.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { Outcome } from '../../src/model/report.ts';
import { requests } from '../../src/model/requests.ts';
import type { HttpTarget } from '../../src/model/target.ts';
import { candidate, outcome, report } from '../metrics/reports.ts';
import { httpTarget } from '../support/probing.ts';

const front = ['dns', 'listener', 'tls', 'rule', 'target-group'] as const;
const target = (id: string, rest: Partial<HttpTarget> = {}): HttpTarget =>
  httpTarget({ id, role: 'api', hops: [...front, 'api'], ...rest });
const targets = [
  target('mine'),
  target('good'),
  target('refusal'),
  target('plain', { url: 'http://host.test/' }),
  target('other', { role: 'auth', hops: [...front, 'auth'] }),
  target('mlflow', { role: 'mlflow', hops: [...front, 'mlflow'] }),
];

const sent = (id: string, changes: Partial<Outcome>, server = 'uvicorn', type = 'application/json'): Outcome => {
  const one: Outcome = {
    ...outcome(id, 'pass'),
    answeredBy: 'application',
    httpStatus: 200,
    fingerprint: `${id} ${type}`,
    marks: { server, type },
    ...changes,
  };
  return { ...one, attempts: [one] };
};
const mine = (changes: Partial<Outcome>, server = '', type = 'application/json') =>
  sent(
    'mine',
    {
      ...outcome('mine', 'fail', { failureMode: 'route-not-found' }),
      answeredBy: 'application',
      httpStatus: 404,
      fingerprint: 'f',
      marks: { server, type },
      ...changes,
    },
    server,
    type,
  );
const heard = (...outcomes: readonly Outcome[]): string => {
  const byId = new Map(targets.map((one) => [one.id, probedRequestOf(one)]));
  const all = requests({ outcomes, registration: null }).flatMap((request) => {
    const probed = byId.get(request.id);
    return probed === undefined ? [] : [{ request, probed }];
  });
  const [first] = all;
  if (first === undefined) throw new Error('there is one');
  const { answeredBy, failureMode, isForeign } = comparing(all)(first);
  return `${answeredBy} ${failureMode}${isForeign ? ' from in front' : ''}`;
};

describe('a failure beside good responses is', () => {
  const good = sent('good', {});
  const own = 'envoy';
  it.each<readonly [string, string, readonly Outcome[]]>([
    ['unknown route-not-found', 'of an unknown sender, without any to compare with', [mine({})]],
    ['application route-not-found', 'the application’s, if it names its server', [mine({}, 'uvicorn'), good]],
    ['unknown route-not-found from in front', 'a balancer’s, if it names none', [mine({}), good]],
    ['unknown route-not-found from in front', 'a balancer’s, if it names another', [mine({}, own), good]],
    ['application route-not-found', 'the application’s, if good ones name none', [mine({}), sent('good', {}, '')]],
    [
      'unknown route-not-found from in front',
      'another’s, if it alone names a server',
      [mine({}, own), sent('good', {}, '')],
    ],
    ['unknown route-not-found', 'not compared with port 80', [mine({}), sent('plain', {})]],
    ['unknown route-not-found', 'not compared with another host', [mine({}), sent('other', {})]],
    ['application route-not-found', 'not compared without a fingerprint', [mine({ fingerprint: null }), good]],
    [
      'nginx route-not-found from in front',
      'nginx’s own page, even with the same name',
      [mine({ answeredBy: 'nginx' }, own), sent('good', {}, own)],
    ],
    ['balancer route-not-found', 'as classified, if the sender is proven', [mine({ answeredBy: 'balancer' }), good]],
    [
      'unknown forbidden from in front',
      'named as classified where no mode is in front',
      [mine({ failureMode: 'forbidden', httpStatus: 403 }, own), good],
    ],
    [
      'application server-error',
      'the application’s 500, with its name',
      [mine({ answeredBy: 'unknown', httpStatus: 500, failureMode: 'server-error' }, own), sent('good', {}, own)],
    ],
    [
      'unknown server-error',
      'no 502, with its name',
      [mine({ answeredBy: 'unknown', httpStatus: 502, failureMode: 'server-error' }, own), sent('good', {}, own)],
    ],
    [
      'unknown forbidden from in front',
      'a refusal in another form',
      [
        mine({ httpStatus: 403, failureMode: 'forbidden' }, own, 'text/html'),
        sent('refusal', { httpStatus: 401 }, own),
      ],
    ],
    [
      'application forbidden',
      'a refusal in the same form',
      [mine({ httpStatus: 403, failureMode: 'forbidden' }, own), sent('refusal', { httpStatus: 401 }, own)],
    ],
    [
      'application forbidden',
      'a refusal beside none',
      [mine({ httpStatus: 403, failureMode: 'forbidden' }, own, 'text/html'), sent('good', {}, own)],
    ],
    [
      'application unexpected-body',
      'another host’s page, if it names the web server of that host alone',
      [mine({ answeredBy: 'unknown', httpStatus: 200, failureMode: 'unexpected-body' }, own), sent('other', {}, own)],
    ],
    [
      'unknown unexpected-body',
      'not, if that server runs many applications',
      [
        mine({ answeredBy: 'unknown', httpStatus: 200, failureMode: 'unexpected-body' }, 'gunicorn'),
        sent('other', {}, 'gunicorn'),
      ],
    ],
    [
      'application route-not-found',
      'another host’s page, if that host serves it',
      [mine({ answeredBy: 'unknown', httpStatus: 200 }, own), sent('other', { fingerprint: 'f' }, own)],
    ],
    [
      'unknown route-not-found',
      'not, with another status',
      [mine({ answeredBy: 'unknown', httpStatus: 404 }, own), sent('other', { fingerprint: 'f' }, own)],
    ],
    [
      'application server-error',
      'another Flask application’s',
      [
        mine({ answeredBy: 'mlflow', failureMode: 'server-error' }, own),
        sent('mlflow', { answeredBy: 'mlflow' }, 'gunicorn'),
        sent('other', {}, own),
      ],
    ],
    [
      'mlflow server-error',
      'MLflow’s, with its name',
      [
        mine({ answeredBy: 'mlflow', failureMode: 'server-error' }, 'gunicorn'),
        sent('mlflow', { answeredBy: 'mlflow' }, 'gunicorn'),
        sent('other', {}, own),
      ],
    ],
    [
      'mlflow server-error',
      'MLflow’s, if no other has the name',
      [
        mine({ answeredBy: 'mlflow', failureMode: 'server-error' }, own),
        sent('mlflow', { answeredBy: 'mlflow' }, 'gunicorn'),
      ],
    ],
    [
      'mlflow server-error',
      'MLflow’s, if it answers nothing else',
      [mine({ answeredBy: 'mlflow', failureMode: 'server-error' }, own), sent('other', {}, own)],
    ],
  ])('%s: %s', (expected, _, outcomes) => {
    expect(heard(...outcomes)).toBe(expected);
  });
});

it('a diagnosis is doubtful if it ties, or its single answer is not sure', () => {
  const { diagnosis: none } = report([]);
  const of = (faults: Diagnosis['faults'], ...hypotheses: Diagnosis['hypotheses']) =>
    isDoubtful({ ...none, faults, hypotheses });
  const [a, b] = ['service-discovery-broken', 'mlflow-unreachable-from-api'] as const;
  expect(of([])).toBe(false);
  expect(of([[a]], candidate(a, 0.9), candidate(b, 0.1))).toBe(false);
  expect(of([[a]], candidate(a, 0.89), candidate(b, 0.95))).toBe(true);
  expect(of([[a, b]], candidate(a, 0.9), candidate(b, 0.95))).toBe(true);
  expect(of([[a], [b]], candidate(a, 0.95), candidate(b, 0.95))).toBe(true);
  expect(of([[a], [b]], candidate(a, 0.95), candidate(b, 0.95, { fault: 1 }))).toBe(false);
});
