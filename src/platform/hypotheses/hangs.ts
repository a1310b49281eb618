import { even, mostly, often, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, Predictions, Variant } from '../../model/hypothesis.ts';
import type { ToldCause } from '../../model/told-causes.ts';
import { ofHealth } from './common.ts';

/** How a request ends whose key check hangs: at a limit of ours, of the balancer, or of the API, which may say so. */
const hanging: Predictions = {
  'response-timeout': mostly,
  'auth-unavailable': sometimes,
  'lb-gateway-timeout': rarely,
  'upstream-timeout': rarely,
};

const keyed = ['bearer', 'x-api-key', 'made-up'] as const;

/** What the API's health routes and its refusals name. */
interface Told {
  readonly byHealth: readonly ToldCause[];
  readonly byRefusals: readonly ToldCause[];
}

/** The API waits, without a limit of its own, for what its key check needs. */
const waiting = ({ byHealth, byRefusals }: Told): readonly Effect[] => [
  {
    when: ofHealth,
    elsewhere: true,
    shows: { pass: even, 'dependency-unhealthy': sometimes, 'response-timeout': sometimes },
    says: byHealth,
  },
  { when: { key: keyed, crosses: ['key-check'] }, elsewhere: true, at: 'key-check', shows: hanging, says: byRefusals },
];

/** Requests that need no key, but share the API's workers with those that wait. */
const held: Effect = {
  when: { kinds: ['http'], port: 443, crosses: ['api'] },
  elsewhere: true,
  at: 'api',
  shows: { 'response-timeout': even, pass: even, 'lb-gateway-timeout': rarely },
};

/** Requests with a key hang, and others too if all of the API's workers wait. */
export const hangingKeyCheck = (share: number, told: Told): readonly Variant[] => [
  { share: share * often, effects: waiting(told) },
  { share: share * sometimes, effects: [...waiting(told), held] },
];
