import type { Answerer } from '../../model/answerers.ts';
import type { FailureMode } from '../../model/failure-modes.ts';
import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, HypothesisInfo, Predictions, Tables, Variant } from '../../model/hypothesis.ts';
import type { ToldCause } from '../../model/told-causes.ts';
import { ofHealth, ofPreflight, passes, proxiedToMlflow, rejected, timesOut, toMlflow } from './common.ts';
import { toldByHealth } from './told-by-health.ts';

/** Answerers that can report a dead MLflow. A response from MLflow itself shows that it runs. */
const others: Effect['by'] = ['balancer', 'nginx', 'waf', 'cdn', 'api-gateway', 'application', 'unknown'];

const throughProxy = (shows: Predictions, says: readonly ToldCause[] = notFound): Effect => ({
  when: proxiedToMlflow,
  shows,
  by: others,
  says,
});
const past = (shows: Predictions): Effect => ({ when: { avoids: ['proxy-route'] }, shows, by: others });

/** How an API reports that it cannot connect to MLflow, the same for all requests: with the reason, or without. */
const notConnected = (
  says: readonly ToldCause[],
): readonly (readonly [Predictions, readonly ToldCause[], number])[] => [
  [
    { 'upstream-unreachable': mostly, 'upstream-unavailable': rarely, 'upstream-timeout': rarely },
    [...says, 'names-mlflow', 'breaker-open'],
    often,
  ],
  [{ 'upstream-unavailable': always }, [...says, 'names-mlflow'], sometimes],
  [{ 'server-error': always }, [...says, 'names-mlflow'], rarely],
];

const notResolved = ['name-not-found'] as const;
/** A refusal or a time-out shows that the name has an address. */
const notAccepted = ['connection-refused', 'address-silent'] as const;
const notFound = [...notResolved, ...notAccepted];

/** How the API reports an MLflow that the balancer has taken out, the same for all requests. */
const noTarget = [
  ['upstream-unreachable', even],
  ['upstream-timeout', sometimes],
  ['upstream-unavailable', sometimes],
] as const;

/** MLflow's process is dead: connections are refused, no target is registered, or nothing answers. */
const deadMlflow: readonly Variant[] = [
  ...notConnected(notFound).map(([shows, says, part]) => ({
    share: even * part,
    effects: [
      toldByHealth(even),
      throughProxy(shows, says),
      past({ 'lb-bad-gateway': mostly, 'lb-no-target': sometimes, 'connection-closed': rarely }),
    ],
  })),
  {
    share: sometimes,
    effects: [
      toldByHealth(even),
      throughProxy({ 'upstream-timeout': even, 'response-timeout': even, 'lb-gateway-timeout': rarely }),
      past({ 'lb-gateway-timeout': even, 'response-timeout': even }),
    ],
  },
  ...noTarget.map(
    ([mode, part]): Variant => ({
      share: rarely * part,
      effects: [
        toldByHealth(even),
        throughProxy({ [mode]: always }),
        past({ 'lb-no-target': often, 'lb-bad-gateway': sometimes }),
      ],
    }),
  ),
  // It hangs. A balancer with a health check takes it out and says so, another one waits.
  {
    share: rarely,
    effects: [
      toldByHealth(even),
      throughProxy({ 'upstream-timeout': even, 'response-timeout': even, 'lb-gateway-timeout': rarely }),
      past({ 'lb-no-target': even, 'response-timeout': sometimes, 'lb-gateway-timeout': sometimes }),
    ],
  },
  // One of its tasks hangs: some of the API's requests meet it. The balancer of its own routes has taken it out, or not.
  ...[always, even].map(
    (passing): Variant => ({
      share: rarely,
      effects: [
        toldByHealth(sometimes),
        throughProxy({ 'upstream-timeout': sometimes, 'response-timeout': sometimes, pass: even }),
        past({
          pass: passing,
          'response-timeout': (always - passing) / 2,
          'lb-gateway-timeout': (always - passing) / 2,
        }),
      ],
    }),
  ),
  // One of its tasks refuses connections.
  {
    share: rarely,
    effects: [
      toldByHealth(sometimes),
      throughProxy({ 'upstream-unreachable': even, pass: even }, notAccepted),
      past({ pass: mostly, 'lb-bad-gateway': sometimes }),
    ],
  },
  // MLflow answers every request with an error.
  {
    share: rarely,
    effects: [
      toldByHealth(sometimes),
      { ...throughProxy({ 'server-error': always }), by: ['mlflow', 'application'] },
      { ...past({ 'server-error': always }), by: ['mlflow', 'application'] },
    ],
  },
];

const someRoutesMissing = (missing: number): Variant => {
  const shows: Predictions = { 'route-not-found': missing, pass: always - missing };
  return {
    share: sometimes,
    effects: [{ shows }, { when: { refusal: true, crosses: ['key-check'] }, elsewhere: true, at: 'api', shows }],
  };
};

const sayingTablesMissing = { says: ['tables-missing'], aloud: true, by: ['mlflow', 'application'] } as const;

/** These tables are missing; MLflow has its others. */
const tablesMissing = (tables: Tables): Variant => ({
  share: rarely,
  effects: [{ when: { tables }, shows: { 'database-error': always, pass: rarely }, ...sayingTablesMissing }],
});

/** One table or column is missing. Most requests do not need it. */
const oneTableMissing: Variant = {
  share: rarely,
  effects: [{ shows: { pass: mostly, 'database-error': sometimes }, ...sayingTablesMissing }],
};

/** The API has no routes of the proxy. */
const routesMissing = (share: number, by: readonly Answerer[]): Variant => ({
  share,
  effects: [
    // The API looks up the route before it checks the key.
    { shows: { 'route-not-found': always }, at: 'api', by },
    {
      when: { refusal: true, crosses: ['key-check'] },
      elsewhere: true,
      at: 'api',
      shows: { 'route-not-found': mostly, pass: rarely },
    },
    {
      when: ofPreflight,
      elsewhere: true,
      at: 'api',
      shows: { pass: mostly, 'route-not-found': sometimes },
    },
  ],
});

/** A login page or a gateway with a password stands before MLflow, and answers every request in one way. */
const gateAnswers = [
  ['auth-rejected', even],
  ['redirect-unexpected', sometimes],
  ['unexpected-answerer', sometimes],
  ['forbidden', rarely],
] as const;

const gate: Effect['by'] = ['nginx', 'cdn', 'api-gateway', 'login-page', 'unknown'];

/** A redirect elsewhere asks for no password. */
const saying = (mode: FailureMode): Pick<Effect, 'says' | 'aloud'> =>
  mode === 'redirect-unexpected' ? { says: ['leads-to-login'], aloud: true } : {};

/** It stands on the API's way, and perhaps on MLflow's own. */
const gateBefore = gateAnswers.map(
  ([mode, part]): Variant => ({
    share: sometimes * part,
    // A firewall between API and MLflow forbids in the same way.
    ...(mode === 'forbidden' ? { isVague: true } : {}),
    effects: [
      toldByHealth(even),
      { when: proxiedToMlflow, shows: { [mode]: always }, by: gate, ...saying(mode) },
      { shows: { [mode]: even, pass: even }, by: gate, ...saying(mode) },
    ],
  }),
);

const ofBreaker: Effect['says'] = ['breaker-open', 'names-mlflow'];

/** The way from the API to MLflow, and MLflow itself. */
export const mlflowHypotheses = {
  'proxy-routes-missing': {
    prior: 0.8,
    withDeployment: mostly,
    hop: 'proxy-route',
    scope: 'platform',
    variants: [
      routesMissing(mostly, ['application']),
      // A page that is not known as a framework's: another application could have sent it.
      routesMissing(rarely, ['unknown']),
      // Some routes are missing, or one of several tasks lacks them all.
      // The proxy passes requests on to paths that MLflow does not have.
      {
        share: rarely,
        effects: [
          { when: ofHealth, elsewhere: true, shows: passes },
          { when: toMlflow, shows: { 'route-not-found': always }, by: ['mlflow'] },
        ],
      },
      someRoutesMissing(even),
      someRoutesMissing(sometimes),
    ],
  },
  'service-discovery-broken': {
    prior: 0.5,
    hop: 'service-discovery',
    scope: 'platform',
    variants: [
      ...notConnected(notResolved).map(([shows, says, share]) => ({
        share,
        effects: [toldByHealth(even), { shows, says }],
      })),
      // The name still leads to an address that is no longer in use.
      ...notConnected(notAccepted).map(([shows, says, part]) => ({
        share: rarely * sometimes * part,
        effects: [toldByHealth(even), { shows, says, aloud: true } satisfies Effect],
      })),
      // One of the API's tasks has an old name: every second request meets it. It may be the task's own fault.
      {
        share: sometimes,
        isVague: true,
        effects: [toldByHealth(sometimes), { shows: { 'upstream-unreachable': even, pass: even }, says: notResolved }],
      },
    ],
  },
  'mlflow-unreachable-from-api': {
    prior: 0.45,
    hop: 'service-discovery',
    scope: 'platform',
    variants: [
      // Packets are dropped.
      {
        share: mostly,
        effects: [
          toldByHealth(often),
          {
            shows: timesOut,
            says: ['address-silent', 'names-mlflow'],
          },
        ],
      },
      // Connections are refused.
      ...notConnected(notAccepted).map(([shows, says, part]) => ({
        share: sometimes * part,
        effects: [toldByHealth(even), { shows, says }],
      })),
      // One of the API's tasks cannot connect: every second request meets it.
      {
        share: rarely,
        isVague: true,
        effects: [
          toldByHealth(sometimes),
          { shows: { 'upstream-timeout': sometimes, 'response-timeout': sometimes, pass: even } },
        ],
      },
      {
        share: rarely,
        isVague: true,
        effects: [toldByHealth(sometimes), { shows: { 'upstream-unreachable': even, pass: even }, says: notAccepted }],
      },
    ],
  },
  'circuit-breaker-open': {
    prior: 0.2,
    hop: 'proxy-route',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [
          toldByHealth(even),
          {
            when: toMlflow,
            shows: { 'upstream-unavailable': always, 'upstream-unreachable': rarely },
            says: ofBreaker,
          },
          { shows: passes },
        ],
      },
      // The breaker of the health route's own client; the proxy's client gets through.
      {
        share: rarely,
        effects: [
          {
            when: ofHealth,
            elsewhere: true,
            shows: { 'dependency-unhealthy': often, 'unexpected-status': rarely },
            says: ofBreaker,
          },
        ],
      },
      // The breaker of one of the API's tasks.
      {
        share: sometimes,
        isVague: true,
        effects: [
          toldByHealth(sometimes),
          { when: toMlflow, shows: { 'upstream-unavailable': even, pass: often }, says: ofBreaker },
          { shows: passes },
        ],
      },
    ],
  },
  'mlflow-service-unhealthy': {
    prior: 0.8,
    hop: 'mlflow',
    scope: 'platform',
    variants: deadMlflow,
  },
  'mlflow-auth-rejecting-all': {
    prior: 0.2,
    hop: 'mlflow',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [
          toldByHealth(sometimes),
          {
            when: { crosses: ['database'] },
            shows: rejected,
            by: ['mlflow'],
          },
          {
            when: { crosses: ['artifact-store'] },
            shows: rejected,
            by: ['mlflow'],
          },
          // Its page and its health route may stay open.
          { shows: { 'auth-rejected': even, pass: even } },
        ],
      },
      ...gateBefore,
    ],
  },
  'mlflow-wrong-database': {
    prior: 0.15,
    hop: 'database',
    scope: 'platform',
    variants: [
      {
        share: often,
        effects: [toldByHealth(rarely), { shows: { 'database-error': always }, says: ['tables-missing'], aloud: true }],
      },
      { share: even, effects: [{ shows: { pass: always, 'resource-missing': rarely } }] },
      // A migration or a restore left some of the tables behind.
      tablesMissing('registry'),
      tablesMissing('experiments'),
      oneTableMissing,
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
