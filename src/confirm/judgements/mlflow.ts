import { type Confirmer, confirmed, type Judgement, refuted, undecided, type View } from '../judge.ts';
import { confirmLimits } from '../limits.ts';
import { passwordVariable } from '../lookups/database.ts';
import type { Task } from '../resources.ts';
import type { Subject } from '../subject.ts';
import { closedLine, hopToDatabase, hopToMlflow } from './network.ts';
import { noSuchService, serviceIn } from './services.ts';
import { at } from './words.ts';

const addresses = (tasks: readonly Task[]): readonly string[] => tasks.flatMap(({ address }) => address ?? []);

const isFixed = (view: View): boolean => view.value('definition.api').tracking?.kind === 'address';

const discovery: Confirmer = {
  needs: () => [
    'services',
    'definition.api',
    'instances',
    'running.mlflow',
    'privateZone',
    'privateRecords',
    'balancer',
    'securityGroups',
  ],
  judge: (view, subject) => {
    if (serviceIn(view, subject, 'mlflow') === null) return noSuchService(subject, 'mlflow');
    if (view.maybe('definition.api') !== null && isFixed(view))
      return refuted('definition.api', 'MLFLOW_TRACKING_URI of the API is a fixed address, so no name is looked up');
    const instances = view.value('instances');
    const source = 'instances';
    if (instances.length === 0) return confirmed(source, "MLflow's service in Cloud Map has no instance");
    const running = addresses(view.value('running.mlflow'));
    if (running.length === 0) return undecided('stopped.api', 'no running task of MLflow has an address');
    const stale = instances.filter((one) => !running.includes(one));
    if (stale.length === instances.length)
      return confirmed(
        source,
        `MLflow's instances in Cloud Map are ${instances.join(', ')}, and its tasks have ${running.join(', ')}`,
      );
    const unresolved = unresolvedLine(view, subject);
    if (unresolved !== null) return unresolved;
    // Cloud Map and its zone are right. What the VPC's resolver answers is not seen from here.
    return undecided(source, `MLflow's instances in Cloud Map are those of its tasks: ${instances.join(', ')}`);
  },
};

/** Why the API's VPC does not resolve the name of MLflow, although Cloud Map has its instances. */
const unresolvedLine = (view: View, subject: Subject): Judgement | null => {
  const api = serviceIn(view, subject, 'api');
  const zone = view.maybe('privateZone');
  const host = view.maybe('definition.api')?.tracking?.host;
  // Service Connect answers names without a zone. A zone in another account is not seen.
  if (api === null || api.hasServiceConnect || zone === null || host === undefined) return null;
  const vpc = view.maybe('securityGroups')?.find(({ id }) => api.securityGroups.includes(id))?.vpc;
  if (vpc !== undefined && vpc !== '' && !zone.vpcs.includes(vpc))
    return confirmed(
      'privateZone',
      `the private zone ${zone.name} is for ${zone.vpcs.join(', ')}, and ${api.name} is in ${vpc}`,
    );
  const records = view.maybe('privateRecords');
  return records?.some(({ type }) => type === 'A' || type === 'CNAME') === false
    ? confirmed('records', `the private zone ${zone.name} has no address for ${host}`)
    : null;
};

const unreachable: Confirmer = {
  needs: () => [
    'services',
    'balancer',
    'definition.api',
    'running.api',
    'running.mlflow',
    'securityGroups',
    'prefixLists',
    'networkAcls',
    'instances',
  ],
  judge: (view, subject) => {
    const hop = view.maybe('securityGroups') === null ? null : hopToMlflow(view, subject);
    const closed = hop === null ? null : closedLine(hop);
    if (closed !== null) return closed;
    const { tracking } = view.value('definition.api');
    const running = addresses(view.value('running.mlflow'));
    if (tracking?.kind === 'address' && running.length > 0 && !running.includes(tracking.host))
      return confirmed(
        'definition.api',
        `MLFLOW_TRACKING_URI of the API is the fixed address ${tracking.host}, and MLflow's tasks have ${running.join(', ')}`,
      );
    if (tracking?.kind === 'name' && view.value('instances').length === 0)
      return refuted(
        'instances',
        'MLFLOW_TRACKING_URI of the API is a name, and Cloud Map has no instance of MLflow: there is no address to connect to',
      );
    return undecided('definition.api', `MLFLOW_TRACKING_URI of the API is ${trackingWords(tracking)}`);
  },
};

const trackingWords = (tracking: { readonly kind: 'name' | 'address' } | null): string => {
  if (tracking === null) return 'not a URL, or not set';
  return tracking.kind === 'name' ? 'a name' : 'the address of a running task';
};

/** Lines of MLflow's last 15 minutes that say something. */
const logged = (view: View, word: string): number => view.maybe('log.mlflow')?.counts[word] ?? 0;

/** A positive finding in a log. Its absence says nothing. */
const inLog = (service: 'api' | 'mlflow' | 'auth', word: string, what: string): Confirmer => ({
  needs: () => [`log.${service}`],
  judge: (view) => {
    const count = view.value(`log.${service}`).counts[word] ?? 0;
    return count > 0
      ? confirmed('log.api', `${what}: ${count} ${count === 1 ? 'line' : 'lines'} in the last 15 minutes`)
      : undecided('log.api', 'no line of the last 15 minutes says so, which proves nothing');
  },
});

const userCheck: Confirmer = {
  needs: () => ['services', 'definition.mlflow'],
  judge: (view) =>
    view.value('definition.mlflow').checksUsers
      ? confirmed('definition.api', 'the start command of MLflow has --app-name basic-auth')
      : undecided('definition.api', 'the start command of MLflow names no user check'),
};

/** States in which a database serves no connection, or is about to end those that it has. */
const downStates =
  /^(?:stopped|stopping|starting|rebooting|failed|deleting|creating|restore-error|inaccessible-encryption-credentials(?:-recoverable)?|incompatible-(?:network|parameters|restore|option-group)|maintenance|resetting-master-credentials|insufficient-capacity)$/;

const databaseReach: Confirmer = {
  needs: () => ['database', 'services', 'balancer', 'securityGroups', 'prefixLists', 'databaseGroups'],
  further: { facts: () => ['running.mlflow', 'log.mlflow', 'databaseEvents', 'networkAcls'] },
  judge: (view, subject) => {
    const { id, status } = view.value('database');
    if (downStates.test(status)) return confirmed('database', `${id} is ${status}`);
    const canAsk = view.maybe('securityGroups') !== null && view.maybe('databaseGroups') !== null;
    const hop = canAsk ? hopToDatabase(view, subject) : null;
    const closed = hop === null ? null : closedLine(hop);
    if (closed !== null) return closed;
    const lost = logged(view, 'database-unreachable');
    if (lost > 0) return confirmed('log.api', `MLflow logged ${lost} failed connections to it in the last 15 minutes`);
    const event = view
      .maybe('databaseEvents')
      ?.find(
        ({ at: when, message }) => duringIncident(when, subject) && /restart|shutdown|crash|stopped/i.test(message),
      );
    return undecided(
      'database',
      `${id} is ${status}${event === undefined ? '' : `; at ${at(event.at)}: ${event.message}`}`,
    );
  },
};

const duringIncident = (when: number, { now, onset }: Subject): boolean =>
  when >= (onset ?? now - confirmLimits.recentMs) - confirmLimits.beforeOnsetMs;

const pool: Confirmer = {
  needs: () => ['log.mlflow', 'connections', 'database'],
  judge: (view) => {
    const lines = logged(view, 'connections-used-up');
    if (lines > 0) return confirmed('log.api', `MLflow logged ${lines} times in 15 minutes that no connection is left`);
    const points = view.value('connections').toSorted((a, b) => b.at - a.at);
    const [last] = points;
    return undecided(
      'connections',
      last === undefined
        ? 'CloudWatch has no count of connections in the last 15 minutes'
        : `${last.most} connections at ${at(last.at)}`,
    );
  },
};

const password: Confirmer = {
  needs: () => ['services', 'definition.mlflow', 'secretChangedAt', 'running.mlflow', 'log.mlflow'],
  judge: (view) => {
    const lines = logged(view, 'password-refused');
    if (lines > 0) return confirmed('log.api', `MLflow logged ${lines} refused passwords in the last 15 minutes`);
    const changed = view.value('secretChangedAt');
    const started = view.value('running.mlflow').flatMap(({ startedAt }) => startedAt ?? []);
    if (changed === null || started.length === 0)
      return undecided('secretChangedAt', `it is not known when the secret of ${passwordVariable} changed`);
    return started.every((one) => one < changed)
      ? confirmed(
          'secretChangedAt',
          `the secret of ${passwordVariable} changed at ${at(changed)}, and MLflow's tasks are older`,
        )
      : undecided('secretChangedAt', `MLflow's tasks are newer than the secret of ${passwordVariable}`);
  },
};

/** PostgreSQL's and MySQL's. */
const readOnlyParameters = ['default_transaction_read_only', 'read_only'] as const;

const isOn = (value: string | undefined): boolean => value !== undefined && /^(?:1|on|true)$/i.test(value);

const readOnly: Confirmer = {
  needs: () => ['database', 'databaseEvents', 'databaseParameters', 'log.mlflow'],
  judge: (view, subject) => {
    const { id, status, isReplica, parameterGroup } = view.value('database');
    if (isReplica) return confirmed('database', `${id} is a read replica`);
    const parameter = readOnlyParameters.find((name) => isOn(view.maybe('databaseParameters')?.get(name)));
    if (parameter !== undefined)
      return confirmed('databaseParameters', `${parameter} is on in ${parameterGroup}, the parameters of ${id}`);
    if (status === 'storage-full') return confirmed('database', `${id} is storage-full`);
    const lines = logged(view, 'read-only');
    if (lines > 0) return confirmed('log.api', `MLflow logged ${lines} writes in a read-only transaction`);
    const failover = view
      .value('databaseEvents')
      .find(({ at: when, message }) => duringIncident(when, subject) && /failover|read-only|storage/i.test(message));
    return failover === undefined
      ? undecided('databaseEvents', `${id} is ${status}, without a failover in the last hour`)
      : confirmed('databaseEvents', `${id} at ${at(failover.at)}: ${failover.message}`);
  },
};

export const mlflowConfirmers = {
  'service-discovery-broken': discovery,
  'mlflow-unreachable-from-api': unreachable,
  'circuit-breaker-open': inLog('api', 'circuit-open', 'the API logged an open circuit breaker'),
  'mlflow-auth-rejecting-all': userCheck,
  'database-unreachable': databaseReach,
  'database-pool-exhausted': pool,
  'database-auth-failing': password,
  'database-read-only': readOnly,
  'artifact-store-failing': inLog('mlflow', 'store-denied', 'MLflow logged that its artifact store refuses'),
  'api-key-rejected': inLog('auth', 'key-ended', 'the auth service logged a key that is revoked or expired'),
} as const;
