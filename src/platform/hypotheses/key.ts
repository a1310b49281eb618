import type { FailureMode } from '../../model/failure-modes.ts';
import type { Effect, HypothesisInfo, Predictions, Variant } from '../../model/hypothesis.ts';

/** How an API says that it could not have a key checked: in words of it, or only with a status; the same for all requests. */
const unchecked = [
  ['auth-unavailable', 0.55],
  ['upstream-unavailable', 0.2],
  ['server-error', 0.1],
  ['upstream-unreachable', 0.1],
  ['upstream-timeout', 0.05],
] as const;

const namesAuth: Effect['says'] = ['names-auth'];

/** Nobody remembers what a made-up key is worth. */
const madeUp = (mode: FailureMode): Effect => ({
  when: { key: ['made-up'] },
  at: 'key-check',
  shows: { 'response-timeout': 0.12, [mode]: 0.83 },
  says: namesAuth,
});

/** The API's own health, which may ask for it. */
const toldByHealth = (mode: FailureMode): Effect => ({
  when: { health: true },
  elsewhere: true,
  shows: { pass: 0.55, 'dependency-unhealthy': 0.3, [mode]: 0.1 },
  says: namesAuth,
});

/** Redis knows the key for some minutes after the auth service was last asked; then it has to be asked again. */
const remembered: readonly Effect[] = [
  madeUp('auth-unavailable'),
  toldByHealth('auth-unavailable'),
  {
    when: { key: ['bearer', 'x-api-key'], crosses: ['key-check'] },
    elsewhere: true,
    at: 'key-check',
    shows: { pass: 0.98 },
  },
];
const forgotten = (mode: FailureMode): readonly Effect[] => [
  madeUp(mode),
  toldByHealth(mode),
  {
    when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] },
    elsewhere: true,
    at: 'key-check',
    shows: { [mode]: 0.85, 'response-timeout': 0.1, pass: 0.03 },
    says: namesAuth,
  },
  // Routes that take a key and do not ask for one.
  {
    when: { key: ['bearer', 'x-api-key'], crosses: ['key-check'] },
    elsewhere: true,
    at: 'key-check',
    shows: { pass: 0.7, [mode]: 0.25 },
    says: namesAuth,
  },
];

/** The auth service does not serve the API, whatever its own host shows: keys are remembered, or not. */
const notServing = (share: number, onItsHost: readonly Effect[]): readonly Variant[] => [
  { share: share / 2, effects: [...onItsHost, ...remembered] },
  ...unchecked.map(([mode, part]) => ({
    share: (share / 2) * part,
    effects: [...onItsHost, ...forgotten(mode)],
  })),
];

/** It is down: its own host shows it in one way. */
const downForAll = (share: number, shows: Predictions): readonly Variant[] =>
  notServing(share, [{ when: { crosses: ['auth'] }, elsewhere: true, at: 'auth', shows }]);

/** Whether a request's key is seen, checked and enough. */
export const keyHypotheses = {
  'api-key-rejected': {
    prior: 0.5,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      {
        share: 1,
        effects: [
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['auth'] },
            elsewhere: true,
            shows: { 'auth-rejected': 0.93, forbidden: 0.03 },
          },
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] },
            shows: { 'auth-rejected': 0.9, 'auth-missing': 0.03, forbidden: 0.04 },
          },
          // Routes that take a key and do not ask for one.
          { when: { key: ['bearer', 'x-api-key'] }, shows: { 'auth-rejected': 0.4, pass: 0.55 } },
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['mlflow'] },
            elsewhere: true,
            shows: { 'auth-rejected': 0.3, pass: 0.65 },
          },
        ],
      },
      // For some minutes the API takes it all the same, for Redis knows it.
      {
        share: 0.2,
        effects: [
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['auth'] },
            elsewhere: true,
            shows: { 'auth-rejected': 0.93, forbidden: 0.03 },
          },
        ],
      },
    ],
  },
  'auth-service-unavailable': {
    prior: 0.4,
    hop: 'auth-service',
    scope: 'platform',
    variants: [
      ...downForAll(0.35, { 'lb-bad-gateway': 0.9, 'connection-closed': 0.05 }),
      ...downForAll(0.15, { 'lb-no-target': 0.9, 'lb-bad-gateway': 0.06 }),
      ...downForAll(0.25, { 'lb-gateway-timeout': 0.47, 'response-timeout': 0.48 }),
      // It lives, and cannot look keys up.
      ...notServing(0.2, [
        {
          when: { crosses: ['auth'], key: ['bearer', 'x-api-key', 'made-up'] },
          elsewhere: true,
          at: 'auth',
          shows: { 'server-error': 0.5, 'upstream-unavailable': 0.25, 'auth-unavailable': 0.15 },
        },
        {
          when: { crosses: ['auth'] },
          elsewhere: true,
          at: 'auth',
          shows: { pass: 0.6, 'dependency-unhealthy': 0.35 },
        },
      ]),
      // For the API only.
      ...notServing(0.25, []),
    ],
  },
  'api-gateway-auth': {
    prior: 0.2,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      // From outside like a key that is not valid.
      {
        share: 0.6,
        effects: [
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['auth'] },
            elsewhere: true,
            shows: { 'auth-rejected': 0.9 },
          },
          { when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] }, shows: { 'auth-rejected': 0.9 } },
          { when: { key: ['bearer', 'x-api-key'] }, shows: { 'auth-rejected': 0.4, pass: 0.55 } },
        ],
      },
      {
        share: 1,
        effects: [
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] },
            shows: { forbidden: 0.4, 'auth-rejected': 0.3, 'auth-unavailable': 0.12, 'server-error': 0.15 },
          },
          { when: { key: ['made-up'] }, shows: { pass: 0.5, 'server-error': 0.2, 'unexpected-status': 0.2 } },
          {
            when: { crosses: ['auth'], key: ['bearer', 'x-api-key'] },
            elsewhere: true,
            shows: { pass: 0.5, 'server-error': 0.35, 'auth-rejected': 0.1 },
          },
          { shows: { pass: 0.9 } },
        ],
      },
    ],
  },
  'proxy-drops-auth-headers': {
    prior: 0.85,
    withDeployment: 0.6,
    hop: 'proxy-route',
    scope: 'platform',
    variants: [
      {
        share: 1,
        effects: [
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['mlflow'] },
            // Who gets no key has nothing else to say.
            shows: { 'auth-missing': 0.82, 'auth-rejected': 0.08, forbidden: 0.06, pass: 0.04 },
            by: ['application', 'mlflow', 'nginx', 'unknown'],
          },
        ],
      },
    ],
  },
  'auth-flow-regression': {
    prior: 0.6,
    withDeployment: 0.85,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      {
        share: 0.3,
        effects: [
          {
            when: { key: ['bearer'], crosses: ['proxy-route'] },
            shows: { 'auth-missing': 0.6, 'auth-rejected': 0.35 },
          },
          { when: { key: ['bearer'] }, shows: { pass: 0.6, 'auth-missing': 0.35 } },
        ],
      },
      {
        share: 0.25,
        effects: [
          {
            when: { key: ['x-api-key'], crosses: ['proxy-route'] },
            shows: { 'auth-missing': 0.6, 'auth-rejected': 0.35 },
          },
        ],
      },
      // Neither form is read, or none of the keys is taken.
      ...(['auth-missing', 'auth-rejected'] as const).map(
        (mode) =>
          ({
            share: mode === 'auth-missing' ? 0.3 : 0.15,
            effects: [
              { when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] }, shows: { [mode]: 0.95 } },
              { when: { key: ['bearer', 'x-api-key'] }, shows: { pass: 0.6, [mode]: 0.35 } },
            ],
          }) satisfies Variant,
      ),
    ],
  },
  'write-scope-missing': {
    prior: 0.35,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      {
        share: 1,
        effects: [
          { when: { effect: 'write', crosses: ['proxy-route'] }, shows: { forbidden: 0.85, pass: 0.1 } },
          { when: { effect: 'delete', crosses: ['proxy-route'] }, shows: { pass: 0.6, forbidden: 0.35 } },
        ],
      },
      // Where the whole registry asks for one scope.
      {
        share: 0.3,
        effects: [
          // What the API answers by itself may be open.
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'], avoids: ['mlflow'] },
            shows: { forbidden: 0.5, pass: 0.48 },
          },
          { when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] }, shows: { forbidden: 0.93 } },
        ],
      },
    ],
  },
  'rate-limited': {
    prior: 0.15,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      {
        share: 1,
        effects: [
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] },
            shows: { 'rate-limited': 0.7, pass: 0.27 },
          },
          { when: { key: ['bearer', 'x-api-key'] }, shows: { pass: 0.75, 'rate-limited': 0.22 } },
          { shows: { pass: 0.95, 'rate-limited': 0.03 } },
        ],
      },
      // By the auth service, whatever the key.
      {
        share: 0.3,
        effects: [
          {
            when: { key: ['bearer', 'x-api-key', 'made-up'], crosses: ['auth'] },
            elsewhere: true,
            shows: { 'rate-limited': 0.85, pass: 0.1 },
          },
          {
            when: { key: ['bearer', 'x-api-key', 'made-up'], crosses: ['key-check'] },
            shows: { 'rate-limited': 0.8, 'auth-unavailable': 0.08, pass: 0.1 },
          },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
