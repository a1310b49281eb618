import type { FailureMode } from '../../model/failure-modes.ts';
import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, HypothesisInfo, Predictions, Variant } from '../../model/hypothesis.ts';
import { anyForm, ofHealth, passes } from './common.ts';
import { hangingKeyCheck } from './hangs.ts';

/** How an API reports that it could not check a key: in words or only by status, the same for all requests. */
const unchecked = [
  ['auth-unavailable', even],
  ['upstream-unavailable', sometimes],
  ['server-error', rarely],
  ['upstream-unreachable', rarely],
  ['upstream-timeout', rarely],
] as const;

/** It names the auth service, or passes on why it got no connection. */
const namesAuth: Effect['says'] = ['names-auth', 'name-not-found', 'connection-refused', 'address-silent'];

/** No cache knows a made-up key. */
const madeUp = (mode: FailureMode): Effect => ({
  when: { key: ['made-up'] },
  at: 'key-check',
  shows: { 'response-timeout': sometimes, [mode]: mostly },
  says: namesAuth,
});

/** The API's own health route, which may ask the auth service. */
const toldByHealth = (mode: FailureMode): Effect => ({
  when: ofHealth,
  elsewhere: true,
  shows: { pass: even, 'dependency-unhealthy': even, [mode]: rarely },
  says: namesAuth,
});

/** Redis caches a key for some minutes after its last check; then the API asks the auth service again. */
const remembered: readonly Effect[] = [
  madeUp('auth-unavailable'),
  toldByHealth('auth-unavailable'),
  {
    when: { key: anyForm, crosses: ['key-check'] },
    elsewhere: true,
    at: 'key-check',
    shows: passes,
  },
];
const forgotten = (mode: FailureMode): readonly Effect[] => [
  madeUp(mode),
  toldByHealth(mode),
  {
    when: { key: anyForm, crosses: ['proxy-route'] },
    elsewhere: true,
    at: 'key-check',
    shows: { [mode]: mostly, 'response-timeout': rarely, pass: rarely },
    says: namesAuth,
  },
  // Routes that accept a key and do not require one.
  {
    when: { key: anyForm, crosses: ['key-check'] },
    elsewhere: true,
    at: 'key-check',
    shows: { pass: often, [mode]: sometimes },
    says: namesAuth,
  },
];

/** The auth service does not serve the API, whatever its own host shows. Keys are cached or not. */
const notServing = (share: number, onItsHost: readonly Effect[]): readonly Variant[] => [
  { share: share / 2, effects: [...onItsHost, ...remembered] },
  ...unchecked.map(([mode, part]) => ({
    share: (share / 2) * part,
    effects: [...onItsHost, ...forgotten(mode)],
  })),
];

/** The auth service is down, and its own host shows it in one way. */
const downForAll = (share: number, shows: Predictions, said: Pick<Effect, 'says' | 'aloud'> = {}): readonly Variant[] =>
  notServing(share, [{ when: { crosses: ['auth'] }, elsewhere: true, at: 'auth', shows, ...said }]);

/** The auth service behind the key check. */
export const authHypotheses = {
  'auth-service-unavailable': {
    prior: 0.4,
    hop: 'auth-service',
    scope: 'platform',
    variants: [
      ...downForAll(sometimes, { 'lb-bad-gateway': always, 'connection-closed': rarely }),
      ...downForAll(sometimes, { 'lb-no-target': always, 'lb-bad-gateway': rarely }, { says: ['maintenance'] }),
      ...downForAll(rarely, { 'unexpected-body': mostly, pass: sometimes }, { says: ['maintenance'], aloud: true }),
      ...downForAll(sometimes, { 'lb-gateway-timeout': even, 'response-timeout': even }),
      // It hangs, and answers some requests late or with an error of its own: its database is locked or full.
      ...downForAll(sometimes * rarely, { 'response-timeout': even, 'server-error': sometimes, slow: sometimes }),
      // The auth service runs but cannot look keys up.
      ...notServing(sometimes, [
        {
          when: { crosses: ['auth'], key: ['bearer', 'x-api-key', 'made-up'] },
          elsewhere: true,
          at: 'auth',
          shows: { 'server-error': even, 'upstream-unavailable': sometimes, 'auth-unavailable': sometimes },
        },
        {
          when: { crosses: ['auth'] },
          elsewhere: true,
          at: 'auth',
          shows: { pass: often, 'dependency-unhealthy': sometimes },
        },
      ]),
      // Only the API cannot reach it.
      ...notServing(sometimes, []),
      ...hangingKeyCheck(rarely * sometimes, { byHealth: ['names-auth'], byRefusals: ['names-auth'] }),
      // It is slow for all who ask it.
      {
        share: rarely,
        isVague: true,
        effects: [
          {
            when: { crosses: ['auth'], key: ['bearer', 'x-api-key', 'made-up'] },
            elsewhere: true,
            at: 'auth',
            shows: { slow: always, pass: rarely },
          },
          {
            when: { key: ['bearer', 'x-api-key', 'made-up'], crosses: ['key-check'], health: false },
            elsewhere: true,
            at: 'key-check',
            shows: { slow: mostly, pass: sometimes },
          },
          // A gateway before MLflow may ask it, too.
          {
            when: { key: anyForm, crosses: ['mlflow'], avoids: ['key-check'] },
            elsewhere: true,
            shows: { pass: even, slow: even },
          },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
