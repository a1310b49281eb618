import { always, even, rarely } from '../../model/grades.ts';
import type { Effect, Predictions, When } from '../../model/hypothesis.ts';

/** Both forms of a valid key. */
export const anyForm = ['bearer', 'x-api-key'] as const;

/** Requests that many effects are about, and what many show. Said once, because each costs room in every bundle. */
export const onPort80: When = { port: 80 };
/** With a valid key: anywhere, or through the API's proxy. */
export const keyed: When = { key: anyForm };
export const proxied: When = { key: anyForm, crosses: ['proxy-route'] };
export const ofTls: When = { kinds: ['tls'] };
export const ofHealth: When = { health: true };
export const ofPreflight: When = { preflight: true };
export const throughProxyRoute: When = { crosses: ['proxy-route'] };
export const proxiedToMlflow: When = { crosses: ['proxy-route', 'mlflow'] };
export const toMlflow: When = { crosses: ['mlflow'] };

export const passes: Predictions = { pass: always };
export const rejected: Predictions = { 'auth-rejected': always, forbidden: rarely };
export const port80Works: Effect = { when: onPort80, shows: passes };
export const handshakeWorks: Effect = { when: ofTls, shows: passes };
/** Everything before the first request on port 443. */
export const frontWorks: readonly Effect[] = [port80Works, handshakeWorks];
/** The API waits for what is behind it, and gives up, or we do. */
export const timesOut: Predictions = {
  'upstream-timeout': even,
  'response-timeout': even,
  'lb-gateway-timeout': rarely,
};
