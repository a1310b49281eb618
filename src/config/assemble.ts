import { resolve } from 'node:path';
import { defaultLimits, type Limits } from '../model/limits.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { defaultHosts, type Hosts, hostRoles } from '../platform/hosts.ts';
import type { ConfigErrorAt } from './config-errors.ts';
import { incidentsOf } from './incidents.ts';
import { isHostName, parseConnectTo, parseDnsServer } from './network-address.ts';
import { flowInOnly } from './only.ts';
import { flowHosts, registrationErrors, registrationOf } from './registration.ts';
import type { Configuration } from './schema/configuration.ts';
import type { NetworkSettings, NotifySettings, SecretReference, Settings } from './settings.ts';
import type { KeyRules } from './target-rules.ts';
import { targetsOf } from './targets.ts';

/** The settings of a valid document, defaults filled in, and the errors that show only then. */
export interface Assembled {
  readonly settings: Settings;
  readonly findings: readonly ConfigErrorAt[];
  /** Off because there is no key: ids of default targets, and `registration` for the flow. */
  readonly offWithoutKey: readonly string[];
}

/** Invalid parts that were left out of the document. Nothing that depends on them is checked. */
export interface Missing {
  readonly keyHosts: boolean;
  /** Ids. */
  readonly targets: readonly string[];
}

/** The environment of a configuration that names none. */
export const defaultEnvironment = 'development';

export const assemble = (
  document: Configuration,
  folder: string,
  extraCa: string | null,
  missing: Missing = { keyHosts: false, targets: [] },
): Assembled => {
  const hosts = hostsOf(document.hosts);
  const limits: Limits = { ...defaultLimits, ...document.limits };
  const apiKey = secretReference(document.credentials?.apiKey, folder);
  const keyHosts = keyHostsOf(hosts, document.credentials?.allowedHosts ?? []);
  const rules: KeyRules = { hasKey: apiKey !== null, keyHosts: missing.keyHosts ? null : keyHosts };
  const { targets, findings, offWithoutKey } = targetsOf(document, {
    hosts,
    limits,
    rules,
    broken: missing.targets,
  });
  const registration = registrationOf(document.registration, hosts, flowInOnly(document) ?? rules.hasKey);
  const flowIsOff = !rules.hasKey && flowInOnly(document) === null && document.registration?.enabled === undefined;
  return {
    findings: [...findings, ...registrationErrors(document.registration, rules)],
    offWithoutKey: [...offWithoutKey, ...(flowIsOff ? [registrationHost] : [])],
    settings: {
      environment: document.environment ?? defaultEnvironment,
      hosts,
      apiKey,
      keyHosts: [...new Set([...keyHosts, ...flowHosts(registration)])],
      network: networkOf(document.network, folder, extraCa),
      limits,
      metrics: {
        enabled: document.metrics?.enabled ?? true,
        namespace: document.metrics?.namespace ?? 'Hokusai/Synthetics',
        detail: document.metrics?.detail ?? 'hosts',
      },
      registration,
      followUp: document.followUp ?? true,
      incidents: incidentsOf(document.incidents),
      notify: notifyOf(document.notify, folder),
      ...(document.confirm === undefined ? {} : { confirm: document.confirm }),
      targets,
      baseline: document.baseline === undefined ? null : resolve(folder, document.baseline),
    },
  };
};

/** https://support.pagerduty.com/main/docs/service-regions */
const pagerDutyUrls = {
  us: 'https://events.pagerduty.com/v2/enqueue',
  eu: 'https://events.eu.pagerduty.com/v2/enqueue',
} as const;

/** https://docs.opsgenie.com/docs/alert-api */
const opsgenieUrls = {
  us: 'https://api.opsgenie.com/v2/alerts',
  eu: 'https://api.eu.opsgenie.com/v2/alerts',
} as const;

const notifyOf = (said: Configuration['notify'], folder: string): NotifySettings => ({
  topics: {
    critical: said?.topics?.critical ?? null,
    warning: said?.topics?.warning ?? null,
    operational: said?.topics?.operational ?? null,
  },
  webhook: said?.webhook === undefined ? null : referenceTo(said.webhook, folder),
  pagerduty:
    said?.pagerduty === undefined
      ? null
      : {
          secret: referenceTo(said.pagerduty.routingKey, folder),
          address: said.pagerduty.url ?? pagerDutyUrls[said.pagerduty.region ?? 'us'],
        },
  opsgenie:
    said?.opsgenie === undefined
      ? null
      : {
          secret: referenceTo(said.opsgenie.apiKey, folder),
          address: said.opsgenie.url ?? opsgenieUrls[said.opsgenie.region ?? 'us'],
        },
  teams: said?.teams === undefined ? null : referenceTo(said.teams.url, folder),
  json:
    said?.json === undefined
      ? null
      : { secret: referenceTo(said.json.url, folder), template: said.json.template ?? null },
  heartbeat: said?.heartbeat === undefined ? null : referenceTo(said.heartbeat, folder),
  dashboard: said?.dashboard ?? null,
  runbook: said?.runbook ?? null,
});

const hostsOf = (said: Configuration['hosts']): Hosts => {
  const hosts: Record<keyof Hosts, string> = { ...defaultHosts };
  for (const role of hostRoles) hosts[role] = said?.[role]?.toLowerCase() ?? defaultHosts[role];
  return hosts;
};

const secretReference = (
  said: NonNullable<Configuration['credentials']>['apiKey'],
  folder: string,
): SecretReference | null => {
  if (said === undefined) return { from: 'env', name: 'HOKUSAI_API_KEY' };
  return said === 'none' ? null : referenceTo(said, folder);
};

const referenceTo = (
  said: NonNullable<NonNullable<Configuration['notify']>['webhook']>,
  folder: string,
): SecretReference => {
  if ('file' in said) return { from: 'file', path: resolve(folder, said.file) };
  if ('env' in said) return { from: 'env', name: said.env };
  if ('ssm' in said) return { from: 'ssm', name: said.ssm };
  return { from: 'secretsManager', id: said.secretsManager, field: said.field ?? null };
};

/** Spelled as `URL` spells host names, IPv6 in brackets. */
const keyHostsOf = (hosts: Hosts, allowed: readonly string[]): readonly string[] => [
  ...new Set([
    ...Object.values(hosts),
    ...allowed.map((host) => (isHostName(host) ? host.toLowerCase() : new URL(`https://[${host}]/`).hostname)),
  ]),
];

const networkOf = (said: Configuration['network'], folder: string, extraCa: string | null): NetworkSettings => ({
  dnsServers: said?.dnsServers?.map((server) => parseDnsServer(server) ?? server) ?? null,
  connectTo: (said?.connectTo ?? []).map(parseConnectTo).filter((entry) => typeof entry !== 'string'),
  extraCa,
  proxy: said?.proxy ?? null,
  ...(said?.caFile === undefined ? {} : { caFile: resolve(folder, said.caFile) }),
});
