import type { Answerer } from '../../model/answerers.ts';
import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, HypothesisInfo, Predictions, Variant } from '../../model/hypothesis.ts';
import { ofHealth, ofPreflight, passes, timesOut, toMlflow } from './common.ts';
import { toldByHealth } from './told-by-health.ts';
import { notAccepted, notConnected, notResolved } from './unreached-mlflow.ts';

/** The API has no routes of the proxy. */
const routesMissing = (
  share: number,
  by: readonly Answerer[],
  ofRefused: Predictions = { 'route-not-found': mostly, pass: rarely },
): Variant => ({
  share,
  effects: [
    { shows: { 'route-not-found': always }, at: 'api', by },
    { when: { refusal: true, crosses: ['key-check'] }, elsewhere: true, at: 'api', shows: ofRefused },
    {
      when: ofPreflight,
      elsewhere: true,
      at: 'api',
      shows: { pass: mostly, 'route-not-found': sometimes },
    },
  ],
});

const someRoutesMissing = (missing: number): Variant => {
  const shows: Predictions = { 'route-not-found': missing, pass: always - missing };
  return {
    share: sometimes,
    effects: [
      { shows },
      { when: { refusal: true, crosses: ['key-check'] }, elsewhere: true, at: 'api', shows },
      {
        when: ofPreflight,
        elsewhere: true,
        at: 'api',
        shows: { 'route-not-found': missing * even, pass: always - missing * even },
        by: ['application'],
      },
    ],
  };
};

const otherServices: Effect['by'] = ['application', 'nginx', 'unknown'];

const ofBreaker: Effect['says'] = ['breaker-open', 'names-mlflow'];

/** The way from the API to MLflow. */
export const mlflowHypotheses = {
  'proxy-routes-missing': {
    prior: 0.8,
    withDeployment: mostly,
    hop: 'proxy-route',
    scope: 'platform',
    variants: [
      // The API looks up the route before it checks the key, or after that.
      routesMissing(mostly, ['application']),
      routesMissing(sometimes, ['application'], passes),
      // A page that is not known as a framework's: another application could have sent it.
      routesMissing(rarely, ['unknown']),
      // The proxy passes requests on to paths that MLflow does not have.
      {
        share: rarely,
        effects: [
          { when: ofHealth, elsewhere: true, shows: passes },
          { when: toMlflow, shows: { 'route-not-found': always }, by: ['mlflow'] },
        ],
      },
      // Some routes are missing, or one of several tasks lacks them all.
      // A few of those that write.
      {
        share: sometimes,
        effects: [
          {
            when: { effect: 'write' },
            shows: { 'route-not-found': sometimes, pass: often },
            at: 'api',
            by: ['application'],
          },
          { shows: passes },
        ],
      },
      someRoutesMissing(even),
      someRoutesMissing(sometimes),
    ],
  },
  'service-discovery-broken': {
    prior: 0.5,
    hop: 'service-discovery',
    scope: 'platform',
    variants: [
      ...notConnected(notResolved).map(([shows, says, share]) => ({
        share,
        effects: [toldByHealth(even), { shows, says }],
      })),
      // The name still leads to an address that is no longer in use.
      ...notConnected(notAccepted).map(([shows, says, part]) => ({
        share: rarely * sometimes * part,
        effects: [toldByHealth(even), { shows, says, aloud: true } satisfies Effect],
      })),
      // The address now belongs to another service, which has a health route of its own.
      {
        share: rarely,
        isVague: true,
        effects: [
          {
            when: { crosses: ['proxy-route', 'mlflow'], avoids: ['database', 'artifact-store'] },
            shows: { 'unexpected-body': even, 'route-not-found': even },
            by: otherServices,
          },
          { when: toMlflow, shows: { 'route-not-found': always }, by: otherServices },
        ],
      },
      // One of the API's tasks has an old name: every second request meets it. It may be the task's own fault.
      {
        share: sometimes,
        isVague: true,
        effects: [toldByHealth(sometimes), { shows: { 'upstream-unreachable': even, pass: even }, says: notResolved }],
      },
    ],
  },
  'mlflow-unreachable-from-api': {
    prior: 0.45,
    hop: 'service-discovery',
    scope: 'platform',
    variants: [
      // Packets are dropped.
      {
        share: mostly,
        effects: [
          toldByHealth(often),
          {
            shows: timesOut,
            says: ['address-silent', 'names-mlflow'],
          },
        ],
      },
      // Connections are refused.
      ...notConnected(notAccepted).map(([shows, says, part]) => ({
        share: sometimes * part,
        effects: [toldByHealth(even), { shows, says }],
      })),
      // One of the API's tasks cannot connect: every second request meets it.
      {
        share: rarely,
        isVague: true,
        effects: [
          toldByHealth(sometimes),
          { shows: { 'upstream-timeout': sometimes, 'response-timeout': sometimes, pass: even } },
        ],
      },
      {
        share: rarely,
        isVague: true,
        effects: [toldByHealth(sometimes), { shows: { 'upstream-unreachable': even, pass: even }, says: notAccepted }],
      },
    ],
  },
  'circuit-breaker-open': {
    prior: 0.2,
    hop: 'proxy-route',
    scope: 'platform',
    variants: [
      {
        share: always,
        effects: [
          toldByHealth(even),
          {
            when: toMlflow,
            shows: { 'upstream-unavailable': always, 'upstream-unreachable': rarely },
            says: ofBreaker,
          },
          { shows: passes },
        ],
      },
      // The breaker of the health route's own client; the proxy's client gets through.
      {
        share: rarely,
        effects: [
          {
            when: ofHealth,
            elsewhere: true,
            shows: { 'dependency-unhealthy': often, 'unexpected-status': rarely },
            says: ofBreaker,
          },
        ],
      },
      // The breaker of one of the API's tasks.
      {
        share: sometimes,
        isVague: true,
        effects: [
          toldByHealth(sometimes),
          { when: toMlflow, shows: { 'upstream-unavailable': even, pass: often }, says: ofBreaker },
          { shows: passes },
        ],
      },
    ],
  },
} as const satisfies Record<string, HypothesisInfo>;
