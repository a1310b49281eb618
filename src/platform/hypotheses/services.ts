import type { FailureMode } from '../../model/failure-modes.ts';
import type { Effect, HypothesisInfo, Variant } from '../../model/hypothesis.ts';
import { toldByHealth } from './mlflow.ts';

const namesRedis: Effect['says'] = ['names-redis'];

/** How a service that is dead looks through its balancer: its port refuses, no task is registered, or nothing answers. */
const dead: readonly Variant[] = [
  { share: 0.4, effects: [{ shows: { 'lb-bad-gateway': 0.94, 'connection-closed': 0.02 } }] },
  { share: 0.2, effects: [{ shows: { 'lb-no-target': 0.92, 'lb-bad-gateway': 0.04 } }] },
  { share: 0.3, effects: [{ shows: { 'lb-gateway-timeout': 0.5, 'response-timeout': 0.45 } }] },
  { share: 0.1, effects: [{ shows: { 'server-error': 0.9 }, by: ['application'] }] },
];

/** How, the same for all requests. */
const refusals = [
  ['upstream-unavailable', 0.07],
  ['auth-unavailable', 0.03],
  ['server-error', 0.03],
  ['upstream-unreachable', 0.02],
  ['upstream-timeout', 0.02],
] as const;

/** The API asks Redis for each key, and refuses all when it gets no answer. */
const refusesAll = ([mode, share]: readonly [FailureMode, number]): Variant => ({
  share,
  effects: [
    {
      when: { health: true },
      elsewhere: true,
      shows: { 'dependency-unhealthy': 0.6, pass: 0.3, [mode]: 0.05 },
      says: namesRedis,
    },
    {
      when: { key: ['bearer', 'x-api-key'], crosses: ['proxy-route'] },
      shows: { [mode]: 0.85, 'response-timeout': 0.05 },
      says: namesRedis,
    },
    { when: { key: ['made-up'] }, shows: { [mode]: 0.75, pass: 0.2 }, says: namesRedis },
    { when: { key: ['bearer', 'x-api-key'] }, shows: { pass: 0.6, [mode]: 0.35 }, says: namesRedis },
  ],
});

/** How an API says that MLflow's answer to plain HTTP was no HTTP. */
const switchedToTls = [
  ['server-error', 0.35],
  ['upstream-unreachable', 0.45],
  ['upstream-unavailable', 0.2],
] as const;

/** The API, the auth service's front, and what the API needs beside MLflow. */
export const serviceHypotheses = {
  'api-service-unhealthy': {
    prior: 0.5,
    withDeployment: 0.4,
    hop: 'api',
    scope: 'service',
    variants: [
      ...dead,
      // One of its tasks: every other request meets it.
      {
        share: 0.2,
        effects: [
          {
            shows: {
              'lb-bad-gateway': 0.3,
              'lb-gateway-timeout': 0.08,
              'response-timeout': 0.04,
              'server-error': 0.04,
              pass: 0.5,
            },
          },
        ],
      },
      // One of them hangs.
      { share: 0.1, effects: [{ shows: { 'response-timeout': 0.27, 'lb-gateway-timeout': 0.2, pass: 0.5 } }] },
    ],
  },
  'health-check-mismatch': {
    prior: 0.4,
    hop: 'target-group',
    scope: 'service',
    variants: [
      // All of its tasks are out: then they are replaced, or there is none.
      { share: 0.2, effects: [{ shows: { 'lb-no-target': 0.92, 'lb-bad-gateway': 0.04 } }] },
      { share: 0.15, effects: [{ shows: { 'lb-bad-gateway': 0.95 } }] },
      { share: 0.1, effects: [{ shows: { 'lb-gateway-timeout': 0.93 } }] },
      // Tasks come and go, whatever is asked of them.
      {
        share: 0.2,
        effects: [{ shows: { 'lb-bad-gateway': 0.3, 'lb-no-target': 0.2, 'lb-gateway-timeout': 0.1, pass: 0.4 } }],
      },
      // The application is right, but its health route says otherwise.
      {
        share: 0.35,
        effects: [
          {
            when: { health: true },
            shows: { 'dependency-unhealthy': 0.6, 'unexpected-status': 0.15, 'unexpected-body': 0.1 },
          },
        ],
      },
    ],
  },
  'backend-tls-mismatch': {
    prior: 0.1,
    hop: 'target-group',
    scope: 'service',
    variants: [
      { share: 0.7, effects: [{ shows: { 'lb-bad-gateway': 0.96 } }] },
      // MLflow has switched to TLS: the API and its own routes' balancer still speak plain HTTP to it.
      ...switchedToTls.map(
        ([mode, part]): Variant => ({
          share: 0.2 * part,
          scope: 'platform',
          effects: [
            toldByHealth(0.5),
            {
              when: { crosses: ['proxy-route', 'mlflow'] },
              at: 'service-discovery',
              shows: { [mode]: 0.92 },
              says: ['tls-mismatch', 'names-mlflow'],
              // An API that passes on why it got no connection says it in words.
              ...(mode === 'upstream-unreachable' && { aloud: true }),
              by: ['application'],
            },
            {
              when: { crosses: ['mlflow'], avoids: ['proxy-route'] },
              shows: { 'lb-bad-gateway': 0.96 },
            },
          ],
        }),
      ),
      // Between the API and MLflow.
      {
        share: 0.3,
        scope: 'platform',
        effects: [
          {
            when: { crosses: ['proxy-route', 'mlflow'] },
            at: 'service-discovery',
            shows: { 'upstream-unreachable': 0.9, 'server-error': 0.05 },
            says: ['tls-mismatch'],
            aloud: true,
            by: ['application'],
          },
        ],
      },
    ],
  },
  'env-vars-missing': {
    prior: 0.3,
    withDeployment: 0.7,
    hop: 'api',
    scope: 'platform',
    variants: [
      {
        share: 0.7,
        effects: [
          {
            when: { crosses: ['proxy-route', 'mlflow'] },
            shows: { 'server-error': 0.9, pass: 0.05 },
            by: ['application'],
          },
          {
            when: { health: true },
            shows: { pass: 0.6, 'server-error': 0.2, 'dependency-unhealthy': 0.15 },
            by: ['application'],
          },
        ],
      },
      {
        share: 0.2,
        effects: [
          { when: { crosses: ['key-check'] }, shows: { 'server-error': 0.9 }, by: ['application'] },
          { shows: { pass: 0.9, 'server-error': 0.08 } },
        ],
      },
      // Of what only writes need.
      {
        share: 0.1,
        effects: [
          {
            when: { effect: 'write', crosses: ['proxy-route'] },
            shows: { 'server-error': 0.9, pass: 0.05 },
            by: ['application'],
          },
          { when: { effect: 'delete' }, shows: { pass: 0.6, 'server-error': 0.35 }, by: ['application'] },
        ],
      },
    ],
  },
  'redis-unreachable': {
    prior: 0.25,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      // It waits for Redis with each key.
      {
        share: 0.5,
        effects: [
          {
            when: { health: true },
            elsewhere: true,
            shows: { 'dependency-unhealthy': 0.7, pass: 0.2 },
            says: namesRedis,
          },
          {
            when: { key: ['bearer', 'x-api-key'] },
            shows: { slow: 0.45, 'response-timeout': 0.4, 'lb-gateway-timeout': 0.05 },
          },
          { when: { key: ['made-up'] }, shows: { slow: 0.4, 'response-timeout': 0.4, pass: 0.15 } },
        ],
      },
      // It notices at once, and only its health says so.
      {
        share: 0.5,
        effects: [
          { when: { health: true }, elsewhere: true, shows: { 'dependency-unhealthy': 0.9 }, says: namesRedis },
          { when: { key: ['bearer', 'x-api-key'] }, shows: { pass: 0.96, slow: 0.04 } },
        ],
      },
      ...refusals.map(refusesAll),
    ],
  },
  'cors-misconfigured': {
    prior: 0.1,
    withDeployment: 0.5,
    hop: 'api',
    scope: 'platform',
    variants: [
      {
        share: 1,
        effects: [{ when: { preflight: true }, shows: { 'cors-rejected': 0.95 } }],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
