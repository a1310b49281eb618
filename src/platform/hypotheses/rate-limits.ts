import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { HypothesisInfo, Predictions } from '../../model/hypothesis.ts';
import { anyForm, frontWorks, keyed, passes, proxied, toMlflow } from './common.ts';
import { inFront } from './in-front.ts';

/** A limit per second lets some requests through. */
const limited: Predictions = { 'rate-limited': mostly, pass: sometimes };

/** A limit at any hop: of a key, of all callers, or of a host. */
export const rateLimitHypotheses = {
  'rate-limited': {
    prior: 0.15,
    hop: 'key-check',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [
          {
            when: proxied,
            shows: { 'rate-limited': often, pass: sometimes },
          },
          { when: keyed, shows: { pass: mostly, 'rate-limited': sometimes } },
          { shows: { pass: always, 'rate-limited': rarely } },
        ],
      },
      // The limit is reached in the middle of a cycle, so most requests still pass.
      {
        share: sometimes,
        effects: [
          {
            when: proxied,
            shows: { pass: mostly, 'rate-limited': sometimes },
          },
          { shows: passes },
        ],
      },
      // Some are above a limit that most stay below, whoever asks.
      { share: sometimes, effects: [{ shows: { pass: always, 'rate-limited': rarely * even } }] },
      // The auth service limits its callers, whichever key they check.
      {
        share: sometimes,
        effects: [
          {
            when: { key: ['bearer', 'x-api-key', 'made-up'], crosses: ['auth'] },
            elsewhere: true,
            shows: { 'rate-limited': mostly, pass: rarely },
          },
          {
            when: { key: ['bearer', 'x-api-key', 'made-up'], crosses: ['key-check'] },
            shows: { 'rate-limited': mostly, 'auth-unavailable': rarely, pass: rarely },
          },
          // A gateway before MLflow refuses each key that it cannot check.
          {
            when: { key: anyForm, crosses: ['mlflow'], avoids: ['key-check'] },
            elsewhere: true,
            shows: { pass: even, 'rate-limited': sometimes, 'auth-rejected': sometimes },
          },
        ],
      },
      // The API limits its callers, with a key or without.
      {
        share: sometimes,
        scope: 'service',
        hop: 'api',
        effects: [{ shows: limited, by: ['application'] }],
      },
      // A gateway before MLflow, or MLflow's own server.
      { share: rarely, hop: 'mlflow', effects: [{ when: toMlflow, shows: limited }] },
      // Something in front of the applications limits, with a key or without: the whole host, or the API's paths.
      {
        share: sometimes,
        scope: 'host',
        hop: 'rule',
        effects: [...frontWorks, { shows: limited, by: inFront }],
      },
      {
        share: sometimes,
        scope: 'host',
        hop: 'rule',
        effects: [
          {
            when: { crosses: ['key-check'], health: false },
            shows: { 'rate-limited': always, pass: rarely },
            by: inFront,
          },
          { when: { crosses: ['api'] }, shows: { pass: even, 'rate-limited': even }, by: inFront },
          { shows: passes },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
