import { join } from 'node:path';
import { stringify } from 'yaml';
import type { BaselineEntry } from '../model/baseline.ts';
import { defaultHosts, hostRoles } from '../platform/hosts.ts';
import { balancerOf, outsideHost } from './balancers.ts';
import { sandboxEnvironment } from './environment.ts';
import type { Topology } from './topology.ts';

/** Files beside the configuration, which refers to them. */
export const fileNames = {
  configuration: 'synthetics.yaml',
  authority: 'ca.pem',
  baseline: 'baseline.json',
  key: 'key',
} as const;

/**
 * The configuration that points `check` at the sandbox instead of the platform. Its paths are absolute, so that it can
 * be moved.
 */
export const configurationOf = ({ balancers, outside, dns, times }: Topology, folder: string): string => {
  const connectTo = [
    ...hostRoles.map((role) => ({ host: defaultHosts[role], ports: balancers[balancerOf(role)].ports })),
    { host: outsideHost, ports: outside.ports },
  ].flatMap(({ host, ports }) => [`${host}:443::${ports.https}`, `${host}:80::${ports.http}`]);
  return stringify({
    environment: sandboxEnvironment,
    credentials: { apiKey: { file: join(folder, fileNames.key) } },
    network: { dnsServers: [`127.0.0.1:${dns.port}`], connectTo, caFile: join(folder, fileNames.authority) },
    limits: times.limits,
    baseline: join(folder, fileNames.baseline),
    targets: { 'external.control': { enabled: true, name: outsideHost } },
  });
};

/** A baseline with the deviating targets of a healthy day's report. The rest of a report is not compared. */
export const baselineOf = (deviations: readonly BaselineEntry[]): string =>
  `${JSON.stringify({ schemaVersion: 1, outcomes: deviations }, null, 2)}\n`;
