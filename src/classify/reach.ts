import { balancerNames, outsideGroup } from '../platform/hosts.ts';
import { stepTarget } from '../platform/registration.ts';
import type { Blindness, Outcome, Report, StepOutcome } from '../platform/report.ts';
import type { Target } from '../platform/target.ts';
import { type Progress, progressOf, type Stop } from './stop.ts';

interface Request {
  readonly id: string;
  readonly hostname: string;
  /** What is behind the same balancer can fail together; different ones hardly do. */
  readonly balancer: string;
  readonly control: boolean;
  /** `name`: it asks the name server and goes no further. `inside`: it stays within the platform's own network. */
  readonly goes: 'name' | 'inside' | 'out';
  readonly secured: boolean;
  readonly progress: Progress;
}

type Stopped = Request & { readonly progress: Stop };

/** What a cycle asked, and what it was asked with. */
export interface Asked extends Pick<Report, 'outcomes' | 'registration'> {
  readonly targets: readonly Target[];
  /** The base URL of the registration flow. */
  readonly through: string;
}

const requestsOf = ({ outcomes, registration, targets, through }: Asked): readonly Request[] => {
  const byId = new Map(targets.map((target) => [target.id, target]));
  return [
    ...outcomes.flatMap((outcome) => {
      const target = byId.get(outcome.target);
      return target === undefined ? [] : [requestOf(target, outcome)];
    }),
    ...(registration?.steps ?? []).map((step) => stepRequest(step, through)),
  ];
};

const requestOf = (target: Target, outcome: Outcome): Request => {
  const { id, role, hops } = target;
  const secured = target.kind === 'tls' || (target.kind === 'http' && target.url.startsWith('https:'));
  const hostname = target.kind === 'http' ? new URL(target.url).hostname : target.name;
  return {
    id,
    hostname,
    balancer: role === null ? hostname : balancerNames[role],
    control: target.host === outsideGroup,
    goes: target.kind === 'dns' ? 'name' : hops.includes('listener') || hops.includes('internet') ? 'out' : 'inside',
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
    goes: 'out',
    secured,
    progress: progressOf(step, secured),
  };
};

/**
 * Whether what failed tells of the way out from here rather than of the platform. What would have crossed the broken part decides:
 * names that a name server nearby resolves say nothing of connections, nor do requests over plain HTTP of TLS, nor what is asked
 * within the platform's own network of the way out.
 */
export const blindnessOf = (asked: Asked): Blindness | null => {
  const known = requestsOf(asked).filter(({ progress }) => progress !== 'unknown');
  const controls = known.filter(({ control }) => control);
  const others = known.filter(({ control, goes }) => !control && goes !== 'inside');
  return byControl(controls, others) ?? withoutControl(controls, others);
};

const order: readonly Stop['phase'][] = ['resolve', 'connect', 'tls', 'processing'];
const placeOf = ({ progress }: Stopped): number => order.indexOf(progress.phase);

const isStopped = (request: Request): request is Stopped => typeof request.progress === 'object';
const areStopped = (requests: readonly Request[]): requests is readonly Stopped[] => requests.every(isStopped);

/** The control is stopped too, and nothing that goes the same way gets any further, or in another way. */
const byControl = (controls: readonly Request[], others: readonly Request[]): Blindness | null => {
  if (!areStopped(controls)) return null;
  const control = controls.toSorted((a, b) => placeOf(b) - placeOf(a))[0];
  if (control === undefined) return null;
  const { phase } = control.progress;
  const out = others.filter(({ goes }) => phase === 'resolve' || goes === 'out');
  const alongside = out.filter(({ secured }) => secured === control.secured);
  const crossing = phase === 'resolve' || alongside.length === 0 ? out : alongside;
  return crossing.every((one) => isStopped(one) && isNoFurther(one, control)) ? { phase, control: control.id } : null;
};

const isNoFurther = (one: Stopped, control: Stopped): boolean => {
  const [place, limit] = [placeOf(one), placeOf(control)];
  if (place !== limit || place < order.indexOf('tls')) return place <= limit;
  const nobodySeen = !one.progress.certificate && !control.progress.certificate && one.progress.phase === 'tls';
  return nobodySeen || one.progress.how === control.progress.how;
};

/**
 * No control has been where it breaks. Then only what different balancers do alike, all of them and in one way, tells; and not what
 * the platform can well do everywhere at once, as a zone that is gone or a certificate that has expired.
 */
const withoutControl = (controls: readonly Request[], others: readonly Request[]): Blindness | null => {
  const out = others.filter(({ goes }) => goes === 'out');
  const nameless = others.every((one) => isStopped(one) && isOfTheNameServer(one.progress));
  if (nameless && controls.length === 0 && areSeveral(others, 'hostname')) return { phase: 'resolve', control: null };
  if (!areSeveral(out, 'balancer') || !areSeveral(out, 'hostname')) return null;
  const secured = out.filter((one) => one.secured);
  const plain = out.filter((one) => !one.secured);
  const [main, beside] = secured.length > 0 ? [secured, plain] : [plain, []];
  const stop = commonStop(main);
  if (stop === null || !isOfTheWay(stop)) return null;
  if (
    controls.some(
      ({ progress, secured: control }) => progress === 'through' && !(control && stop.phase === 'processing'),
    )
  )
    return null;
  // Where a certificate is seen, plain HTTP may well get through beside it.
  const rest = stop.phase === 'tls' && stop.certificate ? [] : beside;
  return rest.length === 0 || commonStop(rest) !== null ? { phase: stop.phase, control: null } : null;
};

const areSeveral = (requests: readonly Request[], by: 'hostname' | 'balancer'): boolean =>
  new Set(requests.map((request) => request[by])).size > 1;

/** How all of them are stopped, when that is one way. */
const commonStop = (requests: readonly Request[]): Stop | null => {
  if (!areStopped(requests)) return null;
  const [first] = requests;
  if (first === undefined) return null;
  const { phase, how } = first.progress;
  return requests.every(({ progress }) => progress.phase === phase && progress.how === how) ? first.progress : null;
};

/** What a name server says of itself, or by its silence; one that works says of a zone that it does not answer. */
const isOfTheNameServer = ({ mode }: Stop): boolean => mode === 'dns-timeout' || mode === 'dns-refused';

const isOfTheWay = (stop: Stop): boolean =>
  stop.phase === 'resolve' ? isOfTheNameServer(stop) : stop.mode !== 'tls-expired';

/** The ids of what a blind cycle did not learn, though it failed. */
export const unseenIds = (asked: Asked, blind: Blindness): ReadonlySet<string> =>
  new Set(
    requestsOf(asked)
      .filter((one) => isStopped(one) && (one.goes !== 'inside' || blind.phase === 'resolve'))
      .map(({ id }) => id),
  );
