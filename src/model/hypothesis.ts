import type { Hop } from '../platform/hops.ts';
import type { HostRole } from '../platform/hosts.ts';
import type { Answerer } from './answerers.ts';
import type { FailureMode } from './failure-modes.ts';
import type { FollowUpKind } from './target.ts';
import type { ToldCause } from './told-causes.ts';

/** What a request can show. `pass` is included because a request may not notice the fault. */
export type Symptom = FailureMode | 'pass';

/** What an affected request shows: symptoms with their shares, at most 1 in total. The rest is any other failure. */
export type Predictions = Readonly<Partial<Record<Symptom, number>>>;

/** MLflow keeps experiments with their runs, and the model registry, in tables of their own. */
export type Tables = 'experiments' | 'registry';

/** Which requests that cross the broken hop are affected. Every given condition must hold. */
export interface When {
  readonly crosses?: readonly Hop[];
  readonly avoids?: readonly Hop[];
  readonly kinds?: readonly ('dns' | 'tls' | 'http')[];
  readonly port?: 80 | 443;
  readonly key?: readonly ('bearer' | 'x-api-key' | 'made-up' | 'none')[];
  readonly effect?: 'read' | 'write' | 'delete';
  /** MLflow's tables that it reads or writes. */
  readonly tables?: Tables;
  /** An API's own health route, which may report on what is behind the API. */
  readonly health?: boolean;
  /** A request that accepts any page. */
  readonly page?: boolean;
  /** A request that the platform must refuse. */
  readonly refusal?: boolean;
  readonly preflight?: boolean;
  readonly hosts?: readonly HostRole[];
  /** A follow-up that asks in one of these ways. */
  readonly followUp?: readonly FollowUpKind[];
}

export interface Effect {
  /** Absent: every request that crosses the broken hop. */
  readonly when?: When;
  readonly shows: Predictions;
  /** Also applies to requests that do not cross the broken hop: their responses report it, or wait for it. */
  readonly elsewhere?: true;
  /** The hop where a request meets the fault, if not the broken one. Hops beyond it are not reached. */
  readonly at?: Hop;
  /** The answerer, if it distinguishes this fault from others. */
  readonly by?: readonly Answerer[];
  /** What the response's own words name as the cause, if they name one. */
  readonly says?: readonly ToldCause[];
  /** One of the host's addresses fails, and others work. Absent: all of them fail, as far as was seen. */
  readonly ofOneAddress?: true;
  /** The response usually has these words, so one without them counts against the hypothesis. */
  readonly aloud?: true;
}

/**
 * One way in which the fault can show. Within it all requests agree. The first effect that applies to a request counts.
 */
export interface Variant {
  readonly share: number;
  /** Causes outside the catalogue often look the same, so this variant never makes a diagnosis confident. */
  readonly isVague?: true;
  /** The scope of this variant if it differs from the hypothesis's. */
  readonly scope?: HypothesisInfo['scope'];
  /** The broken hop of this variant if it differs from the hypothesis's. */
  readonly hop?: Hop;
  readonly effects: readonly Effect[];
}

export interface HypothesisInfo {
  /** The confidence from the incident documents, or a comparable estimate. */
  readonly prior: number;
  /** The broken hop. */
  readonly hop: Hop;
  /**
   * `host`: it concerns one host, the hosts of one balancer, or all hosts; each is a separate case.
   * `service`: it concerns what one rule or target group leads to: one application on one host, or on all of its hosts.
   * `platform`: all hosts share the hop.
   */
  readonly scope: 'host' | 'service' | 'platform';
  /** A service that two balancers lead to has it at one of them, and rarely at both. */
  readonly ofOneGroup?: true;
  /** Probability that it begins with a deployment of the platform. Absent: no more often than by chance. */
  readonly withDeployment?: number;
  readonly variants: readonly Variant[];
}
