import type { FailureMode } from '../../model/failure-modes.ts';
import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { HypothesisInfo, Variant } from '../../model/hypothesis.ts';
import type { ToldCause } from '../../model/told-causes.ts';
import { anyForm, ofHealth, ofPreflight, passes } from './common.ts';
import { hangingKeyCheck } from './hangs.ts';
import { inFront } from './in-front.ts';

const namesRedis = ['names-redis'] as const;

/** Each variant gives the same answer to all requests. */
const refusals = [
  ['upstream-unavailable', rarely],
  ['auth-unavailable', rarely],
  ['server-error', rarely],
  ['upstream-unreachable', rarely],
  ['upstream-timeout', rarely],
] as const;

/** The API asks Redis about each key, and refuses every request that gets no answer. */
const refusesAll =
  (says: readonly ToldCause[]) =>
  ([mode, share]: readonly [FailureMode, number]): Variant => ({
    share,
    effects: [
      {
        when: ofHealth,
        elsewhere: true,
        shows: { 'dependency-unhealthy': even, pass: sometimes, [mode]: sometimes },
        says,
      },
      {
        when: { key: anyForm, crosses: ['proxy-route'] },
        shows: { [mode]: mostly, 'response-timeout': rarely },
        says,
      },
      { when: { key: ['made-up'] }, shows: { [mode]: mostly, pass: sometimes }, says },
      { when: { key: anyForm }, shows: { pass: often, [mode]: sometimes }, says },
    ],
  });

/** What the API needs for each key, and what it tells browsers. */
export const apiHypotheses = {
  'redis-unreachable': {
    prior: 0.25,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      // The API waits for Redis with each key.
      {
        share: even,
        effects: [
          {
            when: ofHealth,
            elsewhere: true,
            shows: { 'dependency-unhealthy': often, pass: sometimes },
            says: namesRedis,
          },
          {
            when: { key: anyForm },
            shows: { slow: even, 'response-timeout': even, 'lb-gateway-timeout': rarely },
          },
          { when: { key: ['made-up'] }, shows: { slow: even, 'response-timeout': even, pass: sometimes } },
        ],
      },
      // The API notices at once, and only its health route reports it.
      {
        share: even,
        effects: [
          { when: ofHealth, elsewhere: true, shows: { 'dependency-unhealthy': always }, says: namesRedis },
          { when: { key: anyForm }, shows: { pass: always, slow: rarely } },
        ],
      },
      // The same for one of the API's tasks.
      {
        share: sometimes,
        isVague: true,
        effects: [
          { when: ofHealth, elsewhere: true, shows: { 'dependency-unhealthy': even, pass: even }, says: namesRedis },
          { shows: passes },
        ],
      },
      ...refusals.map(refusesAll(namesRedis)),
      // Redis responds with an error of its own, at once: read-only, loading, out of memory, a password.
      ...refusals.map(refusesAll(['redis-refuses'])).map((variant): Variant => ({ ...variant, isVague: true })),
      // The API waits for it, and so does everything that shares its workers.
      ...hangingKeyCheck(sometimes, { byHealth: namesRedis, byRefusals: namesRedis }),
      ...hangingKeyCheck(rarely, { byHealth: namesRedis, byRefusals: ['names-auth'] }),
    ],
  },
  'cors-misconfigured': {
    prior: 0.1,
    withDeployment: even,
    hop: 'api',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [{ when: ofPreflight, shows: { 'cors-rejected': always, 'unexpected-status': rarely } }],
      },
      // Something in front of the API refuses the method, and lets everything else through.
      {
        share: rarely,
        isVague: true,
        effects: [{ when: ofPreflight, shows: { 'waf-blocked': even, forbidden: even }, by: inFront }],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
