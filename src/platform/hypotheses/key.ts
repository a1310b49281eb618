import type { Effect, HypothesisInfo, Shows, Variant } from '../hypothesis.ts';

/** Keys that nobody can be asked about; what Redis still knows passes for some minutes. */
const keysUnchecked: readonly Effect[] = [
  {
    when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] },
    elsewhere: true,
    at: 'key-check',
    shows: { 'auth-unavailable': 0.55, pass: 0.3, 'response-timeout': 0.1 },
  },
  {
    when: { key: ['bearer', 'x-api-key'], crosses: ['key-check'] },
    elsewhere: true,
    at: 'key-check',
    shows: { pass: 0.7, 'auth-unavailable': 0.25 },
  },
  { shows: { pass: 0.98 } },
];

/** The auth service does not answer, the world in this way and the API in its own. */
const downForAll = (share: number, shows: Shows): Variant => ({
  share,
  effects: [
    { when: { crosses: ['auth'] }, elsewhere: true, at: 'auth', shows },
    {
      when: { key: ['made-up'] },
      at: 'key-check',
      shows: { 'auth-unavailable': 0.75, 'response-timeout': 0.15, 'upstream-timeout': 0.03 },
    },
    ...keysUnchecked,
  ],
});

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
    ],
  },
  'auth-service-unavailable': {
    prior: 0.4,
    hop: 'auth-service',
    scope: 'platform',
    variants: [
      // Down for everybody: its port refuses, nothing answers, or no task is registered.
      downForAll(0.4, { 'lb-bad-gateway': 0.94, 'connection-closed': 0.02 }),
      downForAll(0.25, { 'lb-gateway-timeout': 0.5, 'response-timeout': 0.45 }),
      downForAll(0.1, { 'lb-no-target': 0.92, 'lb-bad-gateway': 0.04 }),
      // For the API only.
      {
        share: 0.25,
        effects: [
          { when: { key: ['made-up'] }, at: 'key-check', shows: { 'auth-unavailable': 0.8, 'response-timeout': 0.12 } },
          ...keysUnchecked,
        ],
      },
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
            shows: { 'auth-missing': 0.8, 'auth-rejected': 0.08, forbidden: 0.06, pass: 0.04 },
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
      {
        share: 0.45,
        effects: [
          {
            when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] },
            shows: { 'auth-missing': 0.75, 'auth-rejected': 0.2 },
          },
          { when: { key: ['bearer', 'x-api-key'] }, shows: { pass: 0.6, 'auth-missing': 0.2, 'auth-rejected': 0.15 } },
          { shows: { pass: 0.98 } },
        ],
      },
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
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
