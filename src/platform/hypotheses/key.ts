import type { Effect, HypothesisInfo, Shows, Variant } from '../hypothesis.ts';

const unconcerned: Effect = { shows: { pass: 0.98 } };

/** Nobody remembers what a made-up key is worth. */
const madeUp: Effect = {
  when: { key: ['made-up'] },
  at: 'key-check',
  shows: { 'auth-unavailable': 0.8, 'response-timeout': 0.12, 'upstream-timeout': 0.03 },
};

/** Redis knows the key for some minutes after the auth service was last asked; then it has to be asked again. */
const remembered: readonly Effect[] = [
  madeUp,
  {
    when: { key: ['bearer', 'x-api-key'], crosses: ['key-check'] },
    elsewhere: true,
    at: 'key-check',
    shows: { pass: 0.98 },
  },
];
const forgotten: readonly Effect[] = [
  madeUp,
  {
    when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] },
    elsewhere: true,
    at: 'key-check',
    shows: { 'auth-unavailable': 0.85, 'response-timeout': 0.1, pass: 0.03 },
  },
  // Routes that take a key and do not ask for one.
  {
    when: { key: ['bearer', 'x-api-key'], crosses: ['key-check'] },
    elsewhere: true,
    at: 'key-check',
    shows: { pass: 0.7, 'auth-unavailable': 0.25 },
  },
];

/** The auth service is down: its own host shows it in one way. */
const downForAll = (share: number, shows: Shows): readonly Variant[] =>
  [forgotten, remembered].map((effects) => ({
    share: share / 2,
    effects: [{ when: { crosses: ['auth'] }, elsewhere: true, at: 'auth', shows }, ...effects, unconcerned],
  }));

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
          { shows: { pass: 0.98 } },
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
          unconcerned,
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
      ...[forgotten, remembered].map(
        (effects): Variant => ({
          share: 0.1,
          effects: [
            {
              when: { crosses: ['auth'], key: ['bearer', 'x-api-key', 'made-up'] },
              elsewhere: true,
              at: 'auth',
              shows: { 'server-error': 0.7, 'auth-unavailable': 0.15, 'upstream-unavailable': 0.05 },
            },
            {
              when: { crosses: ['auth'] },
              elsewhere: true,
              at: 'auth',
              shows: { pass: 0.6, 'dependency-unhealthy': 0.35 },
            },
            ...effects,
            unconcerned,
          ],
        }),
      ),
      // For the API only.
      { share: 0.125, effects: [...forgotten, unconcerned] },
      { share: 0.125, effects: [...remembered, unconcerned] },
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
          { shows: { pass: 0.98 } },
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
          { shows: { pass: 0.98 } },
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
          { shows: { pass: 0.98 } },
        ],
      },
      {
        share: 0.25,
        effects: [
          {
            when: { key: ['x-api-key'], crosses: ['proxy-route'] },
            shows: { 'auth-missing': 0.6, 'auth-rejected': 0.35 },
          },
          { shows: { pass: 0.98 } },
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
              unconcerned,
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
          { shows: { pass: 0.98 } },
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
          { shows: { pass: 0.98 } },
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
          unconcerned,
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
