import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, HypothesisInfo, Variant, When } from '../../model/hypothesis.ts';
import { ofHealth, port80Works, proxiedToMlflow, throughProxyRoute } from './common.ts';
import { inFront } from './in-front.ts';
import { toldByHealth } from './told-by-health.ts';

/** Without a setting, nothing was tried, so there is no error of a connection to pass on. */
const namesOne = ['names-mlflow', 'names-auth', 'names-redis'] as const;

/** How a dead service looks through its balancer: the port refuses, no task is registered, or nothing answers. */
const dead: readonly Variant[] = [
  { share: even, effects: [{ shows: { 'lb-bad-gateway': always, 'connection-closed': rarely } }] },
  { share: sometimes, effects: [{ shows: { 'lb-no-target': always, 'lb-bad-gateway': rarely } }] },
  // Nothing answers: the balancer says so, or our limit comes first, for most requests one of the two.
  { share: sometimes * even, effects: [{ shows: { 'lb-gateway-timeout': even, 'response-timeout': even } }] },
  { share: sometimes * sometimes, effects: [{ shows: { 'lb-gateway-timeout': always, 'response-timeout': rarely } }] },
  { share: sometimes * sometimes, effects: [{ shows: { 'response-timeout': always, 'lb-gateway-timeout': rarely } }] },
  { share: rarely, effects: [{ shows: { 'server-error': always }, by: ['application'] }] },
];

const hangsIn = (when: When): readonly Variant[] => [
  { share: rarely, isVague: true, scope: 'platform', effects: [{ when, shows: { 'response-timeout': always } }] },
];

const exitsIn = (when: When): readonly Variant[] => [
  {
    share: rarely,
    isVague: true,
    scope: 'platform',
    effects: [
      { when, shows: { 'lb-bad-gateway': always, 'lb-no-target': rarely } },
      { when: throughProxyRoute, shows: { pass: mostly, 'lb-no-target': sometimes } },
    ],
  },
];

/** How an API reports that MLflow's answer to plain HTTP was not HTTP. */
const switchedToTls = [
  ['server-error', sometimes, false],
  ['upstream-unreachable', even, true],
  ['upstream-unreachable', rarely, false],
  ['upstream-unavailable', sometimes, false],
] as const;

/** The same where only the API speaks the other protocol. */
const betweenApiAndMlflow = [
  ['upstream-unreachable', sometimes, true],
  ['upstream-unreachable', rarely, false],
  ['upstream-unavailable', rarely, true],
  ['server-error', rarely, true],
] as const;

const tlsMismatch = ['tls-mismatch'] as const;

/** An API that passes the reason on does so in each response, and one that does not in none. */
const reason = (isPassedOn: boolean): Pick<Effect, 'says' | 'aloud'> =>
  isPassedOn ? { says: tlsMismatch, aloud: true } : { says: ['names-mlflow'] };

/** A dead task always fails in one way. */
const again: Effect = { when: { followUp: ['again'] }, shows: { 'lb-bad-gateway': even, pass: even } };

/** The API's tasks and settings, and the target groups before it. */
export const serviceHypotheses = {
  'api-service-unhealthy': {
    prior: 0.5,
    withDeployment: even,
    hop: 'api',
    scope: 'service',
    variants: [
      ...dead,
      // Each of the two balancers shows it in its own way: one has no target left, the other still tries its targets.
      ...(['registry', 'api'] as const).map(
        (host): Variant => ({
          share: rarely * sometimes,
          scope: 'platform',
          effects: [
            { when: { hosts: [host] }, shows: { 'lb-no-target': always } },
            { shows: { 'lb-bad-gateway': always, 'connection-closed': rarely } },
          ],
        }),
      ),
      // One of its tasks: every second request meets it.
      {
        share: sometimes,
        effects: [
          again,
          {
            shows: {
              'lb-bad-gateway': sometimes,
              'lb-gateway-timeout': rarely,
              'response-timeout': rarely,
              'server-error': rarely,
              pass: even,
            },
          },
        ],
      },
      // One of three or more refuses connections.
      {
        share: rarely,
        isVague: true,
        effects: [again, { shows: { 'lb-bad-gateway': sometimes, pass: always - sometimes } }],
      },
      // One of its tasks hangs.
      {
        share: rarely,
        effects: [{ shows: { 'response-timeout': sometimes, 'lb-gateway-timeout': sometimes, pass: even } }],
      },
      { share: sometimes * even, effects: [{ shows: { 'response-timeout': even, pass: even } }] },
      // It hangs in one kind of request. If what is behind it hung, the API would say so in time.
      ...hangsIn({ effect: 'write' }),
      ...hangsIn({ crosses: ['artifact-store'] }),
      // It exits in one kind of request. Until a new task runs, other requests fail too.
      ...exitsIn({ crosses: ['artifact-store'] }),
      ...exitsIn({ effect: 'write' }),
    ],
  },
  'health-check-mismatch': {
    prior: 0.4,
    hop: 'target-group',
    scope: 'service',
    variants: [
      // All tasks fail their health check: they are replaced, or no target is left.
      { share: sometimes, effects: [{ shows: { 'lb-no-target': always, 'lb-bad-gateway': rarely } }] },
      // A balancer without a healthy target says 503; it says 502 while it still tries one.
      { share: rarely * even, effects: [{ shows: { 'lb-bad-gateway': always } }] },
      { share: rarely, effects: [{ shows: { 'lb-gateway-timeout': always } }] },
      // Tasks come and go; the request does not matter.
      {
        share: sometimes,
        effects: [
          {
            shows: { 'lb-bad-gateway': sometimes, 'lb-no-target': sometimes, 'lb-gateway-timeout': rarely, pass: even },
          },
        ],
      },
      // The application is fine, but its health route says otherwise. No task is out.
      {
        share: sometimes,
        hop: 'api',
        effects: [
          {
            when: ofHealth,
            shows: { 'dependency-unhealthy': often, 'unexpected-status': sometimes, 'unexpected-body': rarely },
          },
        ],
      },
    ],
  },
  'backend-tls-mismatch': {
    prior: 0.1,
    hop: 'target-group',
    scope: 'service',
    ofOneGroup: true,
    variants: [
      { share: mostly, effects: [{ shows: { 'lb-bad-gateway': always }, says: tlsMismatch }] },
      // A balancer of another kind finds no task that passes its health check. A failed handshake is a 502.
      {
        share: sometimes * rarely,
        effects: [{ shows: { 'lb-no-target': always }, says: tlsMismatch, by: ['unknown', 'nginx'] }],
      },
      // It says why: Apache with 500, Envoy with 503, Cloudflare with 525. A task that speaks TLS refuses plain HTTP with 400.
      ...(['server-error', 'lb-no-target', 'unexpected-status'] as const).map(
        (mode): Variant => ({
          share: rarely,
          effects: [port80Works, { shows: { [mode]: always }, says: tlsMismatch, aloud: true, by: inFront }],
        }),
      ),
      // MLflow has switched to TLS; the API and the balancer of its own routes still speak plain HTTP to it.
      ...switchedToTls.map(
        ([mode, part, isPassedOn]): Variant => ({
          share: sometimes * part,
          scope: 'platform',
          effects: [
            toldByHealth(even),
            {
              when: proxiedToMlflow,
              at: 'service-discovery',
              shows: { [mode]: always },
              ...reason(isPassedOn),
              by: ['application'],
            },
            {
              when: { crosses: ['mlflow'], avoids: ['proxy-route'] },
              shows: { 'lb-bad-gateway': always },
              says: tlsMismatch,
            },
          ],
        }),
      ),
      // Between the API and MLflow.
      ...betweenApiAndMlflow.map(
        ([mode, share, isPassedOn]): Variant => ({
          share,
          scope: 'platform',
          hop: 'service-discovery',
          effects: [
            {
              when: proxiedToMlflow,
              at: 'service-discovery',
              shows: { [mode]: always },
              ...reason(isPassedOn),
              by: ['application'],
            },
          ],
        }),
      ),
    ],
  },
  'env-vars-missing': {
    prior: 0.3,
    withDeployment: often,
    hop: 'api',
    scope: 'platform',
    variants: [
      {
        share: often,
        effects: [
          {
            when: proxiedToMlflow,
            shows: { 'server-error': always, pass: rarely },
            says: ['names-mlflow'],
            by: ['application'],
          },
          {
            when: ofHealth,
            shows: { pass: often, 'server-error': sometimes, 'dependency-unhealthy': sometimes },
            says: ['names-mlflow'],
            by: ['application'],
          },
        ],
      },
      {
        share: sometimes,
        effects: [
          { when: { crosses: ['key-check'] }, shows: { 'server-error': always }, says: namesOne, by: ['application'] },
          { shows: { pass: always, 'server-error': rarely } },
        ],
      },
      // The address of MLflow has another path.
      {
        share: sometimes,
        effects: [
          toldByHealth(sometimes),
          { when: proxiedToMlflow, shows: { 'route-not-found': always }, by: ['mlflow'] },
        ],
      },
      // A setting that only writes need.
      {
        share: rarely,
        effects: [
          {
            when: { effect: 'write', crosses: ['proxy-route'] },
            shows: { 'server-error': always, pass: rarely },
            says: namesOne,
            by: ['application'],
          },
          { when: { effect: 'delete' }, shows: { pass: often, 'server-error': sometimes }, by: ['application'] },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
