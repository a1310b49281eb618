import type { Settings } from '../config/settings.ts';
import type { Candidate } from '../model/diagnosis.ts';
import type { FailureMode } from '../model/failure-modes.ts';
import { isSymptom } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { type RoutedRequest, requests, withRoutes } from '../model/requests.ts';
import { portOf } from '../model/target.ts';
import { type HostRole, hostRoles } from '../platform/hosts.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import { type EcsServiceName, inventoryWith } from '../platform/inventory.ts';
import { confirmLimits } from './limits.ts';
import type { Asked, Subject } from './subject.ts';

/** Hypotheses that are about one service, wherever they show. */
const serviceOf: Readonly<Partial<Record<HypothesisId, EcsServiceName>>> = {
  'api-service-unhealthy': 'api',
  'mlflow-service-unhealthy': 'mlflow',
  'auth-service-unavailable': 'auth',
};

/** The first service that a request gets to. */
const serviceBehind = ({ hops }: RoutedRequest): EcsServiceName | null =>
  (['api', 'auth', 'mlflow'] as const).find((one) => hops.includes(one)) ?? null;

const isRole = (name: string): name is HostRole => hostRoles.some((role) => role === name);

const balancerForm = /\.elb\.amazonaws\.com$/;

/** The last name of a CNAME chain. */
const chainEnd = ({ evidence }: RoutedRequest): string =>
  evidence.resolution?.chain.at(-1)?.toLowerCase().replace(/\.$/, '') ?? '';

/** The last name of the host's CNAME chain, if it is a balancer's. */
const balancerIn = (all: readonly RoutedRequest[], host: HostRole): string | null => {
  const found = all.find((one) => one.askedHost === host && one.evidence.resolution !== null);
  const last = found === undefined ? '' : chainEnd(found);
  return balancerForm.test(last) ? last : null;
};

/** `ID.execute-api.REGION.amazonaws.com`. A custom domain's `d-…` names no API. */
const gatewayForm = /^([a-z0-9]{10})\.execute-api\.[a-z0-9-]{1,30}\.amazonaws\.com$/;

const gatewaysIn = (all: readonly RoutedRequest[]): readonly string[] => [
  ...new Set(all.flatMap((one) => gatewayForm.exec(chainEnd(one))?.[1] ?? [])),
];

/** The most frequent; null if there is none. */
const mostOf = <T>(all: readonly T[]): T | null =>
  [...Map.groupBy(all, (one) => one)].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;

/** When the earliest ongoing failure among these began. */
const onsetOf = ({ history }: Report, affected: readonly string[]): number | null => {
  const since = (history?.ongoing ?? [])
    .filter((one) => one.affected.some((id) => affected.includes(id)))
    .map((one) => Date.parse(one.since));
  return since.length === 0 ? null : Math.min(...since);
};

/** What to ask AWS about one candidate of a diagnosis. */
export const subjectOf = (
  candidate: Pick<Candidate, 'id' | 'explains' | 'hosts'>,
  report: Report,
  { targets, hosts, registration, confirm }: Pick<Settings, 'targets' | 'hosts' | 'registration' | 'confirm'>,
  now: number,
): Subject => {
  const all = withRoutes(requests(report), targets);
  const failing = all.filter((one) => isSymptom(one) && candidate.explains.includes(one.id));
  const placeOf = (one: RoutedRequest): { readonly path: string | null; readonly port: number } => {
    const target = targets.find(({ id }) => id === one.id);
    if (target === undefined) return { path: `${new URL(registration.through).pathname}/api/2.0/mlflow/`, port: 443 };
    return { path: target.kind === 'http' ? new URL(target.url).pathname : null, port: portOf(target) };
  };
  const asked = failing.flatMap((one): readonly Asked[] =>
    one.failureMode === null || !isRole(one.askedHost)
      ? []
      : [{ host: one.askedHost, ...placeOf(one), failureMode: one.failureMode }],
  );
  const host = (candidate.hosts ?? []).find(isRole) ?? mostOf(asked.map((one) => one.host)) ?? 'registry';
  return {
    inventory: inventoryWith(confirm),
    host,
    hostName: hosts[host],
    hostNames: hosts,
    balancerDnsName: balancerIn(all, host),
    gatewayHosts: [...new Set(asked.map((one) => hosts[one.host]))].slice(0, confirmLimits.fanOut),
    gatewayIds: gatewaysIn(failing),
    service: serviceOf[candidate.id] ?? mostOf(failing.flatMap((one) => serviceBehind(one) ?? [])) ?? 'api',
    asked,
    now,
    onset: onsetOf(report, candidate.explains),
  };
};

/** Without a check every way in which it may show is asked about. */
const modesAlone = (id: HypothesisId): readonly FailureMode[] => {
  if (id === 'api-gateway-auth') return ['auth-rejected'];
  return id === 'security-group-blocking' ? ['connect-timeout', 'lb-gateway-timeout'] : ['lb-bad-gateway'];
};

/** The flow's own route needs a key. */
const pathsAlone = (id: HypothesisId): readonly string[] =>
  id === 'api-gateway-auth' ? ['/api/mlflow/api/2.0/mlflow/'] : ['/', '/api/mlflow/health'];

/** The hosts to ask about when no check has been made. */
export const hostsAlone = (id: HypothesisId): readonly HostRole[] =>
  hypotheses[id].scope === 'host' ? hostRoles : ['registry'];

/** What to ask AWS about a hypothesis when no check has been made. */
export const subjectAlone = (
  id: HypothesisId,
  { hosts, confirm }: Pick<Settings, 'hosts' | 'confirm'>,
  { now, host }: { readonly now: number; readonly host: HostRole },
): Subject => ({
  inventory: inventoryWith(confirm),
  host,
  hostName: hosts[host],
  hostNames: hosts,
  balancerDnsName: null,
  gatewayHosts: [hosts.registry, hosts.api, hosts.auth],
  gatewayIds: [],
  service: serviceOf[id] ?? 'api',
  asked: pathsAlone(id).flatMap((path) =>
    modesAlone(id).map((failureMode) => ({
      host,
      path,
      port: id === 'https-redirect-broken' ? 80 : 443,
      failureMode,
    })),
  ),
  now,
  onset: null,
});
