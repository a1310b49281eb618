import { type Results, requests, type StepRequest, type TargetRequest } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { balancerNames, outsideGroup } from '../platform/hosts.ts';
import { type Progress, progressOf, type Stop } from './stop.ts';

/** A request, reduced to what it says about the network path from here. */
export interface OutboundRequest {
  readonly id: string;
  readonly hostname: string;
  /** Hosts behind one balancer can fail together. Hosts behind different balancers rarely do. */
  readonly balancer: string;
  readonly control: boolean;
  /** The last phase that it goes through: a name target ends with the lookup, a certificate target with TLS. */
  readonly until: Stop['phase'];
  /** It never leaves the platform's own network. */
  readonly inside: boolean;
  readonly secured: boolean;
  readonly progress: Progress;
}

/** What a cycle asked, and with which targets. */
export interface Asked extends Results {
  readonly targets: readonly Target[];
  /** The base URL of the registration flow. */
  readonly through: string;
}

/** Leaves out the clean-up and follow-ups: they add nothing to the requests before them. */
export const outboundRequests = ({ targets, through, ...results }: Asked): readonly OutboundRequest[] => {
  const byId = new Map(targets.map((target) => [target.id, target]));
  return requests(results).flatMap((request) => {
    if (request.kind === 'clean-up' || request.kind === 'follow-up') return [];
    if (request.kind === 'step') return [ofStep(request, through)];
    const target = byId.get(request.id);
    return target === undefined ? [] : [ofTarget(target, request)];
  });
};

const lastPhases = { dns: 'resolve', tls: 'tls', http: 'processing' } as const satisfies Record<
  Target['kind'],
  Stop['phase']
>;

const ofTarget = (target: Target, request: TargetRequest): OutboundRequest => {
  const { id, role, hops } = target;
  const secured = target.kind === 'tls' || (target.kind === 'http' && target.url.startsWith('https:'));
  const hostname = target.kind === 'http' ? new URL(target.url).hostname : target.name;
  return {
    id,
    hostname,
    balancer: role === null ? hostname : balancerNames[role],
    control: target.host === outsideGroup,
    until: lastPhases[target.kind],
    inside: target.kind !== 'dns' && !hops.includes('listener') && !hops.includes('internet'),
    secured,
    progress: progressOf(request, secured),
  };
};

const ofStep = (step: StepRequest, through: string): OutboundRequest => {
  const secured = through.startsWith('https:');
  return {
    id: step.id,
    hostname: new URL(through).hostname,
    balancer: balancerNames.registry,
    control: false,
    until: 'processing',
    inside: false,
    secured,
    progress: progressOf(step, secured),
  };
};
