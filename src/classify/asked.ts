import { balancerNames, outsideGroup } from '../platform/hosts.ts';
import { stepTarget } from '../platform/registration.ts';
import type { Outcome, Report, StepOutcome } from '../platform/report.ts';
import type { Target } from '../platform/target.ts';
import { type Progress, progressOf, type Stop } from './stop.ts';

/** A request as it tells of the way from here. */
export interface Request {
  readonly id: string;
  readonly hostname: string;
  /** What is behind the same balancer can fail together; different ones hardly do. */
  readonly balancer: string;
  readonly control: boolean;
  /** The last phase that it goes through: a name ends with its look-up, a certificate with TLS. */
  readonly until: Stop['phase'];
  /** It stays within the platform's own network. */
  readonly inside: boolean;
  readonly secured: boolean;
  readonly progress: Progress;
}

/** What a cycle asked, and what it was asked with. */
export interface Asked extends Pick<Report, 'outcomes' | 'registration'> {
  readonly targets: readonly Target[];
  /** The base URL of the registration flow. */
  readonly through: string;
}

export const requestsOf = ({ outcomes, registration, targets, through }: Asked): readonly Request[] => {
  const byId = new Map(targets.map((target) => [target.id, target]));
  return [
    ...outcomes.flatMap((outcome) => {
      const target = byId.get(outcome.target);
      return target === undefined ? [] : [requestOf(target, outcome)];
    }),
    ...(registration?.steps ?? []).map((step) => stepRequest(step, through)),
  ];
};

const lastPhases = { dns: 'resolve', tls: 'tls', http: 'processing' } as const satisfies Record<
  Target['kind'],
  Stop['phase']
>;

const requestOf = (target: Target, outcome: Outcome): Request => {
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
    progress: progressOf(outcome, secured),
  };
};

const stepRequest = (step: StepOutcome, through: string): Request => {
  const secured = through.startsWith('https:');
  return {
    id: stepTarget(step.id),
    hostname: new URL(through).hostname,
    balancer: balancerNames.registry,
    control: false,
    until: 'processing',
    inside: false,
    secured,
    progress: progressOf(step, secured),
  };
};
