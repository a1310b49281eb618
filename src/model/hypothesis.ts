import type { Hop } from '../platform/hops.ts';
import type { HostRole } from '../platform/hosts.ts';
import type { Answerer } from './answerers.ts';
import type { FailureMode } from './failure-modes.ts';
import type { ToldCause } from './told-causes.ts';

/** What a request can show. `pass` among the others: it may not notice. */
export type Symptom = FailureMode | 'pass';

/** How a request that is affected looks: symptoms with their shares, which add up to 1 at most; the rest is any other failure. */
export type Predictions = Readonly<Partial<Record<Symptom, number>>>;

/** Which requests that cross the broken hop are affected; each part that is given must hold. */
export interface When {
  readonly crosses?: readonly Hop[];
  readonly avoids?: readonly Hop[];
  readonly kinds?: readonly ('dns' | 'tls' | 'http')[];
  readonly port?: 80 | 443;
  readonly key?: readonly ('bearer' | 'x-api-key' | 'made-up' | 'none')[];
  readonly effect?: 'read' | 'write' | 'delete';
  /** An API's own health route, which may report what is behind it. */
  readonly health?: boolean;
  /** A route of the platform that must refuse it. */
  readonly refusal?: boolean;
  readonly preflight?: boolean;
  readonly hosts?: readonly HostRole[];
}

export interface Effect {
  /** Absent: every request that crosses the broken hop. */
  readonly when?: When;
  readonly shows: Predictions;
  /** Also requests that do not cross the broken hop: they are told of it, or wait for it. */
  readonly elsewhere?: true;
  /** The hop at which a request meets it, where that is not the broken one: what is further on is not reached then. */
  readonly at?: Hop;
  /** Who says it, where that tells it from others. */
  readonly by?: readonly Answerer[];
  /** What the answer's own words say is behind it, where they say anything. */
  readonly says?: readonly ToldCause[];
  /** It mostly does, so that an answer without such words speaks against it. */
  readonly aloud?: true;
}

/** One way in which the fault can show: within it all requests agree. The first effect that holds for a request counts. */
export interface Variant {
  readonly share: number;
  /** Where this way differs from the hypothesis's own. */
  readonly scope?: HypothesisInfo['scope'];
  readonly effects: readonly Effect[];
}

export interface HypothesisInfo {
  /** The documents' confidence, or an estimate of the same kind. */
  readonly prior: number;
  /** The hop that is broken. */
  readonly hop: Hop;
  /**
   * `host`: it concerns one host, the hosts of one balancer, or all of them; each is a case of its own.
   * `service`: it concerns what one rule or target group leads to: one application on one host, or on all of its hosts.
   * `platform`: the hop is one thing that all hosts share.
   */
  readonly scope: 'host' | 'service' | 'platform';
  /** How often it begins with a deployment of the platform; absent: no more often than by chance. */
  readonly withDeployment?: number;
  readonly variants: readonly Variant[];
}
