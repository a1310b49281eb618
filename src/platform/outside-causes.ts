import { always, even, mostly, often, sometimes } from '../model/grades.ts';
import type { Effect, HypothesisInfo, Predictions, Tables, Variant } from '../model/hypothesis.ts';
import { frontWorks, ofHealth, passes, port80Works, timesOut } from './hypotheses/common.ts';
import { filterOfWrites } from './hypotheses/in-front.ts';

/** A lock holds these tables: requests for them wait, while MLflow's other tables work. */
const locked = (tables: Tables): HypothesisInfo => ({
  prior: 0.03,
  hop: 'database',
  scope: 'platform',
  variants: [
    {
      share: mostly,
      effects: [
        {
          when: { tables },
          shows: timesOut,
        },
      ],
    },
    // The database or the driver gives up first.
    {
      share: sometimes,
      effects: [
        {
          when: { tables },
          shows: { 'database-error': often, 'upstream-timeout': sometimes },
          says: ['statement-cancelled'],
          aloud: true,
        },
      ],
    },
  ],
});

const askedFor = { shows: { 'tls-handshake-failed': always }, says: ['certificate-asked'] } as const satisfies Effect;

/**
 * In TLS 1.3 the handshake is complete for us. When we use the connection, the server says that it is not for it. In TLS 1.2 the
 * handshake fails after the server's part of it.
 */
const asksForCertificate: readonly Variant[] = [
  {
    share: always,
    effects: [...frontWorks, askedFor],
  },
  {
    share: always,
    effects: [port80Works, { ...askedFor, aloud: true }],
  },
];

/** What it does not reach, by its own words. */
const unreached: Effect['says'] = [
  'process-exhausted',
  'name-not-found',
  'connection-refused',
  'address-silent',
  'names-mlflow',
  'names-auth',
  'names-redis',
];

/**
 * A part of the API's tasks opens no connection: it has nothing left to open one with, or lost its resolver or its network.
 * Requests that stay in the API pass.
 */
const opensNoConnection = (failing: number, shows: Predictions): Variant => ({
  share: even,
  effects: [
    {
      when: ofHealth,
      shows: { pass: always - failing * often, 'dependency-unhealthy': failing * often },
      says: unreached,
    },
    {
      when: { key: ['bearer', 'x-api-key', 'made-up'], crosses: ['key-check'] },
      shows: { pass: always - failing, ...shows },
      says: unreached,
      by: ['application'],
    },
    { shows: passes },
  ],
});

/** Each request fails where it opens its connection. */
const whereItConnects = (failing: number): Variant =>
  opensNoConnection(failing, {
    'upstream-unreachable': failing * even,
    'upstream-unavailable': failing * sometimes,
    'auth-unavailable': failing * sometimes * even,
    'server-error': failing * sometimes * even,
  });

/** All requests fail at their first connection, which is for the key. */
const atTheKey = (['upstream-unavailable', 'auth-unavailable', 'server-error'] as const).map((mode) =>
  opensNoConnection(even, { [mode]: even * mostly }),
);

/**
 * Causes that the catalogue has no name for, but that are recognised. They are never named. They keep a hypothesis that
 * fits less well from being named in their place, and a person learns where to look.
 */
export const outsideCauses = {
  'registry-tables-locked': locked('registry'),
  'experiments-tables-locked': locked('experiments'),
  'api-task-cannot-connect': {
    prior: 0.03,
    hop: 'api',
    scope: 'platform',
    variants: [whereItConnects(even), whereItConnects(sometimes), ...atTheKey],
  },
  'mlflow-at-another-prefix': {
    prior: 0.03,
    hop: 'mlflow',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [
          { when: ofHealth, elsewhere: true, shows: { pass: even, 'dependency-unhealthy': even } },
          {
            when: { crosses: ['mlflow'], kinds: ['http'], port: 443 },
            shows: { 'route-not-found': always },
            by: ['mlflow'],
          },
        ],
      },
    ],
  },
  // A firewall, a gateway or a limit of the balancer's.
  'writes-filtered-in-front': {
    prior: 0.06,
    hop: 'rule',
    scope: 'platform',
    variants: (['forbidden', 'unexpected-status', 'waf-blocked'] as const).flatMap((mode) =>
      filterOfWrites(even, mode),
    ),
  },
  'client-certificate-required': { prior: 0.03, hop: 'tls', scope: 'host', variants: asksForCertificate },
} as const satisfies Record<string, HypothesisInfo>;

export type OutsideCause = keyof typeof outsideCauses;
