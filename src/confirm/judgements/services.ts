import type { EcsServiceName } from '../../platform/inventory.ts';
import { type Confirmer, confirmed, type Judgement, refuted, undecided, type View } from '../judge.ts';
import { confirmLimits } from '../limits.ts';
import type { EcsService, TargetState, Task } from '../resources.ts';
import type { Subject } from '../subject.ts';
import { at, groupName } from './words.ts';

/** The service in ECS. Null: the cluster has none of that name, which may also be a wrong name. */
export const serviceIn = (view: View, { inventory }: Subject, service: EcsServiceName): EcsService | null =>
  view.value('services').find(({ name, status }) => name === inventory.services[service] && status === 'ACTIVE') ??
  null;

export const noSuchService = ({ inventory }: Subject, service: EcsServiceName): Judgement =>
  undecided(
    'services',
    `${inventory.cluster} has no active service ${inventory.services[service]}; if it has another name, set confirm.services`,
  );

/** How ECS says that a task stopped because the balancer's health check failed. */
const stoppedByBalancer = /failed ELB health checks/i;
/** How ECS says that a task stopped by itself, or could not start. */
const stoppedItself =
  /Essential container in task exited|OutOfMemory|CannotPullContainer|CannotStartContainer|CannotCreateContainer|ResourceInitializationError|TaskFailedToStart|failed container health checks/i;

const recent = (tasks: readonly Task[], now: number): readonly Task[] =>
  tasks
    .filter(({ stoppedAt }) => stoppedAt !== null && now - stoppedAt < confirmLimits.recentMs)
    .toSorted((a, b) => (b.stoppedAt ?? 0) - (a.stoppedAt ?? 0));

const crashedIn = (tasks: readonly Task[], now: number): readonly Task[] =>
  recent(tasks, now).filter(({ stoppedReason, exitCodes }) => {
    if (stoppedReason === null || stoppedByBalancer.test(stoppedReason)) return false;
    // A task that ends with 0 has ended as it was told to.
    return stoppedItself.test(stoppedReason) && (exitCodes.length === 0 || exitCodes.some((code) => code !== 0));
  });

const counts = ({ name, running, desired }: EcsService): string => `${name} runs ${running} of ${desired} tasks`;

const crashWords = (service: EcsService, [last]: readonly Task[]): string => {
  if (last?.stoppedAt === undefined || last.stoppedAt === null) return counts(service);
  const code = last.exitCodes.find((one) => one !== 0);
  return `${counts(service)}; one stopped at ${at(last.stoppedAt)}: ${last.stoppedReason}${code === undefined ? '' : `, exit code ${code}`}`;
};

/** Targets that a balancer counts as its own now. */
const registered = (targets: readonly TargetState[]): readonly TargetState[] =>
  targets.filter(({ state }) => state !== 'draining' && state !== 'unused');

const targetWords = (targets: readonly TargetState[]): string => {
  const groups = [...new Set(targets.map(({ group }) => groupName(group)))].join(', ');
  const healthy = targets.filter(({ state }) => state === 'healthy').length;
  const reasons = [...new Set(targets.flatMap(({ reason }) => reason ?? []))].join(', ');
  return `${groups}: ${healthy} of ${targets.length} targets healthy${reasons === '' ? '' : ` (${reasons})`}`;
};

const allHealthy = (targets: readonly TargetState[]): boolean =>
  targets.length > 0 && targets.every(({ state }) => state === 'healthy');

/**
 * Whether a healthy state speaks against the hypothesis. The balancer itself must say that its targets fail: a service that
 * answers its health check may hang elsewhere, or be out of reach for another service. And the fault must have lasted
 * longer than health checks and counts lag behind.
 */
const healthRefutes = ({ asked, onset, now }: Subject): boolean =>
  onset !== null &&
  now - onset >= confirmLimits.settledMs &&
  asked.length > 0 &&
  asked.every(({ failureMode }) => failureMode === 'lb-bad-gateway' || failureMode === 'lb-no-target');

/** Whether its own health route says that something behind it is wrong: AWS cannot see that. */
const healthReports = ({ asked }: Subject): boolean =>
  asked.some(({ failureMode }) => /^(?:dependency-unhealthy|unexpected-(?:status|body))$/.test(failureMode));

/** A service that does not run, or does not answer. */
const serviceDown = (service: EcsServiceName): Confirmer => ({
  needs: () => ['services', `stopped.${service}`, 'targets'],
  further: {
    facts: () => [`images.${service}`],
    when: (view, { inventory }) =>
      view
        .maybe('services')
        ?.some(({ name, running, desired }) => name === inventory.services[service] && running < desired) === true,
  },
  judge: (view, subject) => {
    const found = serviceIn(view, subject, service);
    if (found === null) return noSuchService(subject, service);
    if (found.desired === 0) return confirmed('services', `${found.name} has a desired count of 0, so no task runs`);
    const stopped = view.maybe(`stopped.${service}`) ?? [];
    const crashed = crashedIn(stopped, subject.now);
    if (found.running < found.desired && crashed.length > 0)
      return confirmed('stopped.api', crashWords(found, crashed));
    // Tasks that crash and are replaced at once are counted as running most of the time.
    if (crashed.length > 1)
      return confirmed('stopped.api', `${crashWords(found, crashed)}; ${crashed.length} crashed within an hour`);
    const image = view.maybe(`images.${service}`)?.find(({ exists }) => !exists);
    if (found.running < found.desired && image !== undefined)
      return confirmed('images.api', `${counts(found)}; its image ${image.name} does not exist`);
    if (found.running === 0 && !byBalancer(view, subject, service)) return confirmed('services', counts(found));
    if (found.running < found.desired) return undecided('services', counts(found));
    // Silence about stopped tasks is no proof that none stopped.
    const none = view.value(`stopped.${service}`);
    const targets = registered(view.value('targets'));
    if (allHealthy(targets) && recent(none, subject.now).length === 0 && healthRefutes(subject))
      return refuted('targets', `${counts(found)}; ${targetWords(targets)}`);
    return undecided('services', counts(found));
  },
});

/** `(service X) (port 8000) is unhealthy in (target-group …) due to (reason Health checks failed with these codes: [404])` */
const unhealthyEvent = /is unhealthy in \(?target-group [^\s()]{1,200}\)? due to \(reason ([^()]{1,100})\)/i;

const healthEvents = (service: EcsService, now: number): readonly { readonly at: number; readonly reason: string }[] =>
  service.events.flatMap(({ at: when, message }) => {
    const reason = unhealthyEvent.exec(message)?.[1];
    return reason === undefined || now - when > confirmLimits.recentMs ? [] : [{ at: when, reason }];
  });

/** Whether the balancer's health check had tasks stopped. */
const byBalancer = (view: View, subject: Subject, service: EcsServiceName): boolean => {
  const found = serviceIn(view, subject, service);
  const stopped = recent(view.maybe(`stopped.${service}`) ?? [], subject.now);
  return (
    stopped.some(({ stoppedReason }) => stoppedByBalancer.test(stoppedReason ?? '')) ||
    (found !== null && healthEvents(found, subject.now).length > 0)
  );
};

/**
 * The status of a health check's answer, as `Health checks failed with these codes: [404]`. A 4xx says that the
 * application does not serve the path, a 503 that it reports a dependency. A 400 may also be a TLS server's answer to plain HTTP,
 * and other 5xx an application that does not work.
 */
const mismatchCode = /codes?: \[((?:40[1-9]|4[1-9]\d|503))\]/i;

const mismatchOf = (view: View, subject: Subject, found: EcsService): Judgement | null => {
  const targets = registered(view.maybe('targets') ?? []);
  const bad = targets.find(({ description }) => mismatchCode.test(description ?? ''));
  const path = (view.maybe('targetGroups') ?? []).find(({ arn }) => arn === bad?.group)?.healthPath ?? null;
  if (bad !== undefined && found.running > 0)
    return confirmed(
      'targets',
      `${targetWords(targets)}: ${bad.description}${path === null ? '' : ` on ${path}`}; ${counts(found)}`,
    );
  const event = healthEvents(found, subject.now).find(({ reason }) => mismatchCode.test(reason));
  return event === undefined
    ? null
    : confirmed('services', `${found.name} became unhealthy at ${at(event.at)}: ${event.reason}`);
};

const healthCheck: Confirmer = {
  needs: ({ service }) => ['services', `stopped.${service}`, 'targets', 'targetGroups'],
  judge: (view, subject) => {
    const { service } = subject;
    const found = serviceIn(view, subject, service);
    if (found === null) return noSuchService(subject, service);
    const mismatch = mismatchOf(view, subject, found);
    if (mismatch !== null) return mismatch;
    if (healthReports(subject))
      return undecided('services', 'a health route reports a dependency, which AWS does not show');
    if (found.desired === 0)
      return refuted('services', `${found.name} has a desired count of 0: no health check took its tasks out`);
    if (byBalancer(view, subject, service))
      return undecided('stopped.api', `${counts(found)}; the balancer's health check had tasks stopped`);
    const stopped = view.value(`stopped.${service}`);
    const crashed = crashedIn(stopped, subject.now);
    if (found.running < found.desired && crashed.length > 0)
      return refuted('stopped.api', `${crashWords(found, crashed)}; a failing health check does not do that`);
    const targets = registered(view.value('targets'));
    if (found.running >= found.desired && allHealthy(targets) && healthRefutes(subject))
      return refuted('targets', targetWords(targets));
    return targets.length === 0
      ? undecided('targets', `no target is registered; ${counts(found)}`)
      : undecided('targets', `${targetWords(targets)}; ${counts(found)}`);
  },
};

const noneHealthy = (targets: readonly TargetState[]): boolean =>
  targets.length > 0 && targets.every(({ state }) => state !== 'healthy');

const tlsToTasks: Confirmer = {
  needs: ({ service }) => ['services', 'targetGroups', 'targets', `definition.${service}`],
  judge: (view, subject) => {
    const { service } = subject;
    const found = serviceIn(view, subject, service);
    if (found === null) return noSuchService(subject, service);
    if (found.running === 0) return refuted('services', `${counts(found)}: there is nothing to speak TLS to`);
    const groups = view.value('targetGroups').filter(({ arn }) => found.targetGroups.some((one) => one.arn === arn));
    const { speaksTls } = view.value(`definition.${service}`);
    const https = groups.find(({ protocol }) => protocol === 'HTTPS');
    const targets = registered(view.value('targets'));
    // A service with several balancers has a group at each, with a protocol of its own.
    const ofHttps = targets.filter(({ group }) => group === https?.arn);
    if (https !== undefined && !speaksTls && noneHealthy(ofHttps))
      return confirmed(
        'targetGroups',
        `${https.name} speaks HTTPS, and nothing in the task definition of ${found.name} speaks of TLS; ${targetWords(ofHttps)}`,
      );
    if (https === undefined && speaksTls && groups.length > 0 && noneHealthy(targets))
      return confirmed(
        'definition.api',
        `the task definition of ${found.name} sets up TLS, and ${groups.map(({ name }) => name).join(', ')} speaks HTTP; ${targetWords(targets)}`,
      );
    // A target that passes its health check speaks the group's protocol.
    if (
      targets.some(({ state }) => state === 'healthy') &&
      groups.every(({ protocol, healthProtocol }) => protocol === healthProtocol) &&
      healthRefutes(subject)
    )
      return refuted('targets', targetWords(targets));
    return undecided(
      'targetGroups',
      groups.length === 0
        ? `${found.name} has no target group`
        : groups.map(({ name, protocol }) => `${name} speaks ${protocol}`).join(', '),
    );
  },
};

/** Variables without which the API cannot reach what it needs. */
const requiredNames: readonly string[] = ['MLFLOW_TRACKING_URI', 'REDIS_URL'];

const variables: Confirmer = {
  needs: () => ['services', 'definition.api', 'log.api'],
  judge: (view) => {
    const { names } = view.value('definition.api');
    const missing = requiredNames.filter((name) => !names.includes(name));
    const lines = view.maybe('log.api')?.counts['variable-missing'] ?? 0;
    if (lines > 0)
      return confirmed('log.api', `the API logged a KeyError about a variable ${lines} times in 15 minutes`);
    // Which variables this version needs is not known, so a list that is complete refutes nothing.
    return missing.includes('MLFLOW_TRACKING_URI')
      ? confirmed('definition.api', `the task definition of the API has no ${missing.join(', ')}`)
      : undecided('definition.api', `the task definition of the API has ${names.length} names`);
  },
};

export const serviceConfirmers = {
  'api-service-unhealthy': serviceDown('api'),
  'mlflow-service-unhealthy': serviceDown('mlflow'),
  'auth-service-unavailable': serviceDown('auth'),
  'health-check-mismatch': healthCheck,
  'backend-tls-mismatch': tlsToTasks,
  'env-vars-missing': variables,
} as const;
