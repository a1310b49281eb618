import type { Limits } from '../model/limits.ts';
import type { DnsTarget, HttpTarget, Target, TlsTarget } from '../model/target.ts';
import { paths } from '../platform/hops.ts';
import { type HostRole, type Hosts, hostRoles } from '../platform/hosts.ts';
import { decisiveRead } from '../platform/targets.ts';
import { expectationOf, plainExpectation } from './expectation.ts';
import { hopsOf } from './own-hops.ts';
import type { OwnDns, OwnHttp, OwnTarget, OwnTls } from './schema/target.ts';

/** The settings that the configuration's own targets depend on. */
export interface Surroundings {
  readonly hosts: Hosts;
  readonly limits: Limits;
  /** The default targets without a configuration. */
  readonly standard: readonly Target[];
}

const httpsPort = 443;

const roleOf = (hostname: string, hosts: Hosts): HostRole | null =>
  hostRoles.find((role) => hosts[role] === hostname.toLowerCase()) ?? null;

export const lowerCaseNames = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Targets are grouped by this part of their id in reports and metrics. */
export const groupOf = (id: string): string => id.split('.')[0] ?? id;

/** An API's health route may call MLflow, and block the API while MLflow is down. So it waits, as the default health routes do. */
export const healthWaitsFor = ({ id, role, expect }: HttpTarget): readonly string[] =>
  expect.body.kind === 'health' && (role === 'registry' || role === 'api') && id !== decisiveRead ? [decisiveRead] : [];

/** A target that the configuration adds; its hops follow from its request. */
export const ownTarget = (id: string, said: OwnTarget, around: Surroundings): Target => {
  switch (said.kind) {
    case 'dns':
      return ownDns(id, said, around);
    case 'tls':
      return ownTls(id, said, around);
    default:
      return ownHttp(id, said, around);
  }
};

const common = (id: string, said: OwnTarget, { limits }: Surroundings) => ({
  id,
  host: groupOf(id),
  enabled: said.enabled ?? true,
  timeoutMs: said.timeoutMs ?? limits.totalMs,
  after: said.after ?? [],
});

const ownDns = (id: string, said: OwnDns, around: Surroundings): DnsTarget => ({
  ...common(id, said, around),
  kind: 'dns',
  role: roleOf(said.name, around.hosts),
  title: `addresses of ${said.name}`,
  hops: paths.name,
  name: said.name,
  balancer: said.balancer ?? null,
});

const ownTls = (id: string, said: OwnTls, around: Surroundings): TlsTarget => {
  const port = said.port ?? httpsPort;
  return {
    ...common(id, said, around),
    kind: 'tls',
    role: roleOf(said.name, around.hosts),
    title: `certificate of ${said.name}${port === httpsPort ? '' : `:${port}`}`,
    hops: paths.handshake,
    name: said.name,
    port,
    certificateDays: said.certificateDays ?? around.limits.certificateDays,
  };
};

const ownHttp = (id: string, said: OwnHttp, around: Surroundings): HttpTarget => {
  const method = said.method ?? 'GET';
  const { host, hostname, pathname } = new URL(said.url);
  const target: HttpTarget = {
    ...common(id, said, around),
    kind: 'http',
    role: roleOf(hostname, around.hosts),
    title: `${method} ${host}${pathname}`,
    hops: [],
    url: said.url,
    method,
    auth: said.auth ?? 'none',
    headers: lowerCaseNames(said.headers ?? {}),
    body: said.body ?? null,
    redirects: said.redirects ?? 'record',
    expect: expectationOf(plainExpectation, said.expect ?? {}, method),
  };
  return { ...target, hops: hopsOf(target, around.standard), after: said.after ?? healthWaitsFor(target) };
};
