import type { Effect, HypothesisInfo, Predictions, Tables, Variant } from '../../model/hypothesis.ts';
import type { ToldCause } from '../../model/told-causes.ts';

/** Who speaks for an MLflow that is dead: what MLflow itself answers shows that it lives. */
const others: Effect['by'] = ['balancer', 'nginx', 'waf', 'cdn', 'api-gateway', 'application', 'unknown'];

/** The API's own health route, which may ask MLflow, and wait for it. */
export const toldByHealth = (unhealthy: number): Effect => ({
  when: { health: true },
  elsewhere: true,
  shows: { pass: 0.95 - unhealthy, 'dependency-unhealthy': unhealthy * 0.7, 'response-timeout': unhealthy * 0.3 },
  says: ['names-mlflow', 'names-database'],
});

const throughProxy = (shows: Predictions, says: readonly ToldCause[] = notFound): Effect => ({
  when: { crosses: ['proxy-route', 'mlflow'] },
  shows,
  by: others,
  says,
});
const past = (shows: Predictions): Effect => ({ when: { avoids: ['proxy-route'] }, shows, by: others });

/** How an API says that it cannot connect to MLflow, the same for all requests: what kept it from it, or only that it does not work. */
const notConnected = (
  says: readonly ToldCause[],
): readonly (readonly [Predictions, readonly ToldCause[], number])[] => [
  [
    { 'upstream-unreachable': 0.85, 'upstream-unavailable': 0.05, 'upstream-timeout': 0.05 },
    [...says, 'names-mlflow', 'breaker-open'],
    0.7,
  ],
  [{ 'upstream-unavailable': 0.92 }, ['names-mlflow'], 0.22],
  [{ 'server-error': 0.92 }, ['names-mlflow'], 0.08],
];

/** A name that leads nowhere, or where nothing is any more. */
const notFound = ['name-not-found', 'connection-refused'] as const;

/** MLflow's process is dead: it refuses, is not registered, or answers nothing. */
const deadMlflow: readonly Variant[] = [
  ...notConnected(notFound).map(([shows, says, part]) => ({
    share: 0.45 * part,
    effects: [
      toldByHealth(0.5),
      throughProxy(shows, says),
      past({ 'lb-bad-gateway': 0.75, 'lb-no-target': 0.15, 'connection-closed': 0.05 }),
    ],
  })),
  {
    share: 0.35,
    effects: [
      toldByHealth(0.5),
      throughProxy({ 'upstream-timeout': 0.45, 'response-timeout': 0.45, 'lb-gateway-timeout': 0.05 }),
      past({ 'lb-gateway-timeout': 0.45, 'response-timeout': 0.5 }),
    ],
  },
  {
    share: 0.1,
    effects: [
      toldByHealth(0.5),
      throughProxy({ 'upstream-unreachable': 0.5, 'upstream-timeout': 0.3, 'upstream-unavailable': 0.15 }),
      past({ 'lb-no-target': 0.7, 'lb-bad-gateway': 0.2 }),
    ],
  },
  // It fails at everything that it is asked.
  {
    share: 0.1,
    effects: [
      toldByHealth(0.3),
      { ...throughProxy({ 'server-error': 0.9 }), by: ['mlflow', 'application'] },
      { ...past({ 'server-error': 0.9 }), by: ['mlflow', 'application'] },
    ],
  },
];

const someRoutesMissing = (missing: number): Variant => {
  const shows: Predictions = { 'route-not-found': missing, pass: 0.99 - missing };
  return {
    share: 0.15,
    effects: [{ shows }, { when: { refusal: true, crosses: ['key-check'] }, elsewhere: true, at: 'api', shows }],
  };
};

/** A lock holds these tables: requests for them wait, and MLflow has its other tables. */
const lockedTables = (['registry', 'experiments'] as const).map(
  (tables): Variant => ({
    share: 0.05,
    effects: [
      { when: { tables }, shows: { 'upstream-timeout': 0.45, 'response-timeout': 0.45, 'lb-gateway-timeout': 0.06 } },
    ],
  }),
);

/** MLflow has its other tables. */
const tablesMissing = (tables: Tables): Variant => ({
  share: 0.05,
  effects: [
    {
      when: { tables },
      shows: { 'database-error': 0.97, pass: 0.01 },
      says: ['tables-missing'],
      aloud: true,
      by: ['mlflow'],
    },
  ],
});

const refused = ['connection-refused'] as const;
const ofBreaker: Effect['says'] = ['breaker-open', 'names-mlflow'];

/** What is behind the API: the way to MLflow, MLflow, its database and its artifacts. */
export const mlflowHypotheses = {
  'proxy-routes-missing': {
    prior: 0.8,
    withDeployment: 0.8,
    hop: 'proxy-route',
    scope: 'platform',
    variants: [
      {
        share: 0.85,
        effects: [
          // The API looks for the route first, and for the key then.
          { shows: { 'route-not-found': 0.95 }, at: 'api' },
          {
            when: { refusal: true, crosses: ['key-check'] },
            elsewhere: true,
            at: 'api',
            shows: { 'route-not-found': 0.85, pass: 0.1 },
          },
          {
            when: { preflight: true },
            elsewhere: true,
            at: 'api',
            shows: { pass: 0.82, 'route-not-found': 0.17 },
          },
        ],
      },
      // Some of them, or one task of two, or of several.
      someRoutesMissing(0.5),
      someRoutesMissing(0.25),
    ],
  },
  'service-discovery-broken': {
    prior: 0.5,
    hop: 'service-discovery',
    scope: 'platform',
    variants: [
      ...notConnected(notFound).map(([shows, says, share]) => ({
        share,
        effects: [toldByHealth(0.5), { shows, says }],
      })),
      // For one of the API's tasks, which has an old name: every other request meets it.
      {
        share: 0.15,
        effects: [toldByHealth(0.3), { shows: { 'upstream-unreachable': 0.5, pass: 0.48 }, says: notFound }],
      },
    ],
  },
  'mlflow-unreachable-from-api': {
    prior: 0.45,
    hop: 'service-discovery',
    scope: 'platform',
    variants: [
      // Dropped on the way.
      {
        share: 0.75,
        effects: [
          toldByHealth(0.6),
          { shows: { 'upstream-timeout': 0.48, 'response-timeout': 0.42, 'lb-gateway-timeout': 0.06 } },
        ],
      },
      // Refused.
      ...notConnected(refused).map(([shows, says, part]) => ({
        share: 0.25 * part,
        effects: [toldByHealth(0.5), { shows, says }],
      })),
      // From one of the API's tasks: every other request meets it.
      {
        share: 0.1,
        effects: [toldByHealth(0.3), { shows: { 'upstream-timeout': 0.27, 'response-timeout': 0.23, pass: 0.48 } }],
      },
      {
        share: 0.05,
        effects: [toldByHealth(0.3), { shows: { 'upstream-unreachable': 0.5, pass: 0.48 }, says: refused }],
      },
    ],
  },
  'circuit-breaker-open': {
    prior: 0.2,
    hop: 'proxy-route',
    scope: 'platform',
    variants: [
      {
        share: 1,
        effects: [
          toldByHealth(0.4),
          {
            when: { crosses: ['mlflow'] },
            shows: { 'upstream-unavailable': 0.9, 'upstream-unreachable': 0.04 },
            says: ofBreaker,
          },
          { shows: { pass: 0.9 } },
        ],
      },
      // Of the health route's own client: the proxy has another one, which gets through.
      {
        share: 0.06,
        effects: [
          {
            when: { health: true },
            elsewhere: true,
            shows: { 'dependency-unhealthy': 0.6, 'unexpected-status': 0.02 },
            says: ofBreaker,
          },
        ],
      },
      // Of one of the API's tasks.
      {
        share: 0.2,
        effects: [
          toldByHealth(0.2),
          { when: { crosses: ['mlflow'] }, shows: { 'upstream-unavailable': 0.4, pass: 0.58 }, says: ofBreaker },
          { shows: { pass: 0.95 } },
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
        share: 1,
        effects: [
          toldByHealth(0.2),
          {
            when: { crosses: ['database'] },
            shows: { 'auth-rejected': 0.92, forbidden: 0.03 },
            by: ['mlflow'],
          },
          { when: { crosses: ['artifact-store'] }, shows: { 'auth-rejected': 0.92, forbidden: 0.03 }, by: ['mlflow'] },
          // Its page and its health may stay open.
          { shows: { 'auth-rejected': 0.5, pass: 0.45 } },
        ],
      },
    ],
  },
  'mlflow-wrong-database': {
    prior: 0.15,
    hop: 'database',
    scope: 'platform',
    variants: [
      {
        share: 0.6,
        effects: [toldByHealth(0.1), { shows: { 'database-error': 0.95 }, says: ['tables-missing'] }],
      },
      { share: 0.4, effects: [{ shows: { pass: 0.92, 'resource-missing': 0.06 } }] },
      // A migration or a restore has left some of the tables.
      tablesMissing('registry'),
      tablesMissing('experiments'),
    ],
  },
  'database-unreachable': {
    prior: 0.35,
    hop: 'database',
    scope: 'platform',
    variants: [
      {
        share: 0.6,
        effects: [toldByHealth(0.2), { shows: { 'database-error': 0.8, 'server-error': 0.15 }, says: ['not-reached'] }],
      },
      {
        share: 0.4,
        effects: [
          toldByHealth(0.2),
          {
            shows: {
              'upstream-timeout': 0.35,
              'response-timeout': 0.35,
              'database-error': 0.12,
              'server-error': 0.08,
              'lb-gateway-timeout': 0.06,
            },
            says: ['not-reached'],
          },
        ],
      },
      ...lockedTables,
      // All that MLflow has to work with waits for it, and MLflow answers nobody.
      {
        share: 0.02,
        effects: [
          toldByHealth(0.5),
          {
            when: { crosses: ['mlflow'] },
            elsewhere: true,
            at: 'mlflow',
            shows: { 'upstream-timeout': 0.45, 'response-timeout': 0.45, 'lb-gateway-timeout': 0.06 },
          },
        ],
      },
    ],
  },
  'database-auth-failing': {
    prior: 0.4,
    hop: 'database',
    scope: 'platform',
    variants: [
      {
        share: 1,
        effects: [
          toldByHealth(0.2),
          { shows: { 'database-error': 0.85, 'server-error': 0.1 }, says: ['login-refused'] },
        ],
      },
    ],
  },
  'database-pool-exhausted': {
    prior: 0.15,
    hop: 'database',
    scope: 'platform',
    variants: [
      {
        share: 0.6,
        effects: [
          {
            shows: { 'database-error': 0.8, 'server-error': 0.05, slow: 0.05, pass: 0.05 },
            says: ['no-connection-left'],
          },
        ],
      },
      {
        share: 0.4,
        effects: [
          {
            shows: { 'upstream-timeout': 0.3, 'response-timeout': 0.3, slow: 0.2, 'database-error': 0.1, pass: 0.05 },
            says: ['no-connection-left'],
          },
        ],
      },
      ...lockedTables,
    ],
  },
  'database-read-only': {
    prior: 0.1,
    hop: 'database',
    scope: 'platform',
    variants: [
      {
        share: 1,
        effects: [
          { when: { effect: 'write' }, shows: { 'read-only': 0.9, pass: 0.08 } },
          { when: { effect: 'delete' }, shows: { pass: 0.7, 'read-only': 0.25 } },
        ],
      },
    ],
  },
  'artifact-store-failing': {
    prior: 0.2,
    hop: 'artifact-store',
    scope: 'platform',
    variants: [
      {
        share: 0.85,
        effects: [{ shows: { 'artifact-store-error': 0.88, 'response-timeout': 0.04, 'upstream-timeout': 0.04 } }],
      },
      // It hangs, and MLflow with it.
      {
        share: 0.15,
        effects: [{ shows: { 'upstream-timeout': 0.45, 'response-timeout': 0.4, 'lb-gateway-timeout': 0.1 } }],
      },
      // MLflow does not pass artifacts on, and says so where a run is made.
      {
        share: 0.1,
        effects: [
          { shows: { 'artifact-store-error': 0.95 } },
          {
            when: { effect: 'write', crosses: ['database'] },
            elsewhere: true,
            shows: { 'artifact-store-error': 0.3, pass: 0.7 },
          },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
