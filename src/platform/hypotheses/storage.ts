import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { HypothesisInfo, Variant } from '../../model/hypothesis.ts';
import { passes, timesOut, toMlflow } from './common.ts';
import { toldByHealth } from './told-by-health.ts';

/** A pooler between MLflow and the database closes the connection, whatever keeps it from the database. */
const notReached = ['not-reached', 'connection-lost'] as const;
const noneLeft = ['no-connection-left', 'connection-lost'] as const;

/** Every statement waits, and nothing gives a reason. */
const hangs: Variant = {
  share: rarely,
  effects: [toldByHealth(sometimes), { shows: timesOut }],
};

/** The model registry has a database of its own, or the experiments do (`--registry-store-uri`). */
const ownDatabase = (['registry', 'experiments'] as const).map(
  (tables): Variant => ({
    share: rarely,
    isVague: true,
    effects: [
      {
        when: { tables },
        shows: { 'database-error': even, 'upstream-timeout': sometimes, 'response-timeout': rarely },
        says: notReached,
        aloud: true,
        by: ['mlflow', 'application'],
      },
    ],
  }),
);

/** Where MLflow keeps its data: the database and the artifact store. */
export const storageHypotheses = {
  'database-unreachable': {
    prior: 0.35,
    hop: 'database',
    scope: 'platform',
    variants: [
      {
        share: often,
        effects: [
          toldByHealth(sometimes),
          { shows: { 'database-error': mostly, 'server-error': sometimes }, says: notReached },
        ],
      },
      {
        share: even,
        effects: [
          toldByHealth(sometimes),
          {
            shows: {
              'upstream-timeout': sometimes,
              'response-timeout': sometimes,
              'database-error': sometimes,
              'server-error': rarely,
              'lb-gateway-timeout': rarely,
            },
            says: notReached,
          },
        ],
      },
      hangs,
      ...ownDatabase,
      // All of MLflow's workers wait for the database, and MLflow answers no request.
      {
        share: rarely,
        effects: [
          toldByHealth(even),
          {
            when: toMlflow,
            elsewhere: true,
            at: 'mlflow',
            shows: timesOut,
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
        share: mostly,
        effects: [
          toldByHealth(sometimes),
          { shows: { 'database-error': mostly, 'server-error': rarely }, says: ['login-refused'], aloud: true },
        ],
      },
      // The reason stays hidden, behind a pooler or in a generic message.
      {
        share: sometimes,
        effects: [
          toldByHealth(sometimes),
          { shows: { 'database-error': mostly, 'server-error': rarely }, says: ['login-refused', 'connection-lost'] },
        ],
      },
      // A pooler that cannot log in makes MLflow wait, then closes the connection without the reason.
      {
        share: rarely,
        effects: [
          toldByHealth(sometimes),
          {
            shows: {
              'database-error': even,
              'upstream-timeout': even * sometimes,
              'response-timeout': even * sometimes,
            },
            says: ['login-refused', 'connection-lost'],
          },
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
        share: often,
        effects: [{ shows: { 'database-error': mostly, 'server-error': rarely, slow: rarely }, says: noneLeft }],
      },
      // Some requests get one.
      {
        share: rarely,
        isVague: true,
        effects: [
          {
            shows: { 'database-error': often, 'server-error': rarely, slow: rarely, pass: sometimes },
            says: noneLeft,
          },
        ],
      },
      {
        share: even,
        effects: [
          {
            shows: {
              'upstream-timeout': sometimes,
              'response-timeout': sometimes,
              slow: sometimes,
              'database-error': rarely,
              pass: rarely,
            },
            says: noneLeft,
          },
        ],
      },
      hangs,
    ],
  },
  'database-read-only': {
    prior: 0.1,
    hop: 'database',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [
          { when: { effect: 'write' }, shows: { 'read-only': always, pass: rarely } },
          { when: { effect: 'delete' }, shows: { pass: often, 'read-only': sometimes } },
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
        share: mostly,
        effects: [
          { shows: { 'artifact-store-error': mostly, 'response-timeout': rarely, 'upstream-timeout': rarely } },
        ],
      },
      // Only downloads, or only uploads: a permission or a method of its own.
      ...(['read', 'write'] as const).map(
        (effect): Variant => ({
          share: sometimes,
          effects: [
            { when: { effect }, shows: { 'artifact-store-error': mostly, forbidden: rarely } },
            { shows: passes },
          ],
        }),
      ),
      // MLflow, or what passes its response on, gives no reason.
      {
        share: rarely,
        isVague: true,
        effects: [{ shows: { 'server-error': often, 'upstream-unavailable': sometimes } }],
      },
      // The store hangs, and MLflow with it.
      {
        share: sometimes,
        effects: [{ shows: timesOut }],
      },
      // Each of several MLflow tasks has a store of its own: what was uploaded is not listed when its version is created.
      {
        share: sometimes,
        effects: [
          { shows: { pass: mostly, 'resource-missing': rarely } },
          {
            when: { effect: 'write', tables: 'registry' },
            elsewhere: true,
            shows: { 'artifact-mismatch': sometimes, pass: often },
          },
        ],
      },
      // MLflow does not pass artifacts on, and reports it when a run is created.
      {
        share: rarely,
        effects: [
          { shows: { 'artifact-store-error': always } },
          {
            when: { effect: 'write', crosses: ['database'] },
            elsewhere: true,
            shows: { 'artifact-store-error': sometimes, pass: often },
          },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
