import { always, even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, Predictions } from '../../model/hypothesis.ts';
import type { ToldCause } from '../../model/told-causes.ts';
import { proxiedToMlflow } from './common.ts';

/** Answerers that can report a dead MLflow. A response from MLflow itself shows that it runs. */
const others: Effect['by'] = ['balancer', 'nginx', 'waf', 'cdn', 'api-gateway', 'application', 'unknown'];

export const throughProxy = (shows: Predictions, says: readonly ToldCause[] = notFound): Effect => ({
  when: proxiedToMlflow,
  shows,
  by: others,
  says,
});
export const past = (shows: Predictions): Effect => ({ when: { avoids: ['proxy-route'] }, shows, by: others });

/** How an API reports that it cannot connect to MLflow, the same for all requests: with the reason, or without. */
export const notConnected = (
  says: readonly ToldCause[],
): readonly (readonly [Predictions, readonly ToldCause[], number])[] => [
  [
    { 'upstream-unreachable': mostly, 'upstream-unavailable': rarely, 'upstream-timeout': rarely },
    [...says, 'names-mlflow', 'breaker-open'],
    often,
  ],
  [{ 'upstream-unavailable': always }, [...says, 'names-mlflow'], sometimes * even],
  [{ 'server-error': always }, [...says, 'names-mlflow'], rarely],
];

export const notResolved = ['name-not-found'] as const;
/** A refusal or a time-out shows that the name has an address. */
export const notAccepted = ['connection-refused', 'address-silent'] as const;
export const notFound = [...notResolved, ...notAccepted];
