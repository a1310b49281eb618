import { defaultHosts, type HostRole } from '../platform/hosts.ts';
import { Balancer, type Rule } from './balancer/balancer.ts';
import type { TargetGroup } from './balancer/forward.ts';
import type { Authority, Certificate } from './network/certificates.ts';
import type { DnsServer } from './network/dns-server.ts';
import { freePort } from './network/sockets.ts';
import type { SandboxTimes } from './times.ts';

export type BalancerName = 'registry' | 'main' | 'mlflow';

export type TargetGroups = Readonly<Record<'registryApi' | 'api' | 'auth' | 'platform' | 'mlflow', TargetGroup>>;

export interface OpenBalancers {
  readonly balancers: Readonly<Record<BalancerName, Balancer>>;
  /** The certificate that each balancer presents. */
  readonly certificates: Readonly<Record<BalancerName, Certificate>>;
  /** The outside world: a host for the external control. */
  readonly outside: Balancer;
}

export const outsideHost = 'control.example.net';

/** Loopback addresses of the balancers. On a system with only the first, all share it and differ by port. */
const addresses = { registry: '127.0.0.1', main: '127.0.0.2', mlflow: '127.0.0.3', outside: '127.0.0.4' } as const;

const { registry, api, mlflow, platform, auth } = defaultHosts;

const rulesOf = (groups: TargetGroups): Readonly<Record<BalancerName, readonly Rule[]>> => ({
  registry: [
    { host: registry, path: /^\/mlflow(\/|$)/, action: { kind: 'forward', to: groups.mlflow } },
    { host: registry, path: null, action: { kind: 'forward', to: groups.registryApi } },
  ],
  main: [
    { host: api, path: null, action: { kind: 'forward', to: groups.api } },
    { host: platform, path: null, action: { kind: 'forward', to: groups.platform } },
    { host: auth, path: null, action: { kind: 'forward', to: groups.auth } },
  ],
  mlflow: [{ host: mlflow, path: null, action: { kind: 'forward', to: groups.mlflow } }],
});

/** The hosts that each balancer serves. */
const hostsOf: Readonly<Record<BalancerName, readonly HostRole[]>> = {
  registry: ['registry'],
  main: ['api', 'platform', 'auth'],
  mlflow: ['mlflow'],
};

/** Opens the platform's three balancers, and one for the outside world. */
export const openBalancers = async (
  authority: Authority,
  groups: TargetGroups,
  times: SandboxTimes,
): Promise<OpenBalancers> => {
  const rules = rulesOf(groups);
  const namesOf = (name: BalancerName): readonly string[] => hostsOf[name].map((role) => defaultHosts[role]);
  const certificates = {
    registry: await authority.issue({ names: namesOf('registry') }),
    main: await authority.issue({ names: namesOf('main') }),
    mlflow: await authority.issue({ names: namesOf('mlflow') }),
  };
  const outsideCertificate = await authority.issue({ names: [outsideHost] });
  // One port number for all, so that only the address decides which balancer answers, as with port 443.
  const oneNumber = await canListen(addresses.main);
  for (;;) {
    const shared = await freePorts();
    const open = async (
      name: BalancerName | 'outside',
      certificate: Certificate,
      hosts: readonly string[],
    ): Promise<Balancer> => {
      const address = oneNumber ? addresses[name] : addresses.registry;
      const balancer = new Balancer(
        address,
        oneNumber ? shared : await freePorts(),
        name === 'outside' ? [] : rules[name],
        times,
      );
      for (const host of hosts) balancer.present(host, certificate);
      await balancer.open();
      return balancer;
    };
    const opened = await Promise.allSettled([
      open('registry', certificates.registry, namesOf('registry')),
      open('main', certificates.main, namesOf('main')),
      open('mlflow', certificates.mlflow, namesOf('mlflow')),
      open('outside', outsideCertificate, [outsideHost]),
    ]);
    const [registryBalancer, main, mlflowBalancer, outside] = opened.map((result) =>
      result.status === 'fulfilled' ? result.value : null,
    );
    if (registryBalancer && main && mlflowBalancer && outside)
      return { balancers: { registry: registryBalancer, main, mlflow: mlflowBalancer }, certificates, outside };
    // Another process took one of the ports, so try the next free ones.
    await Promise.all(opened.map((result) => (result.status === 'fulfilled' ? result.value.close() : null)));
    const failure = opened.find((result) => result.status === 'rejected')?.reason as NodeJS.ErrnoException;
    if (failure.code !== 'EADDRINUSE') throw failure;
  }
};

const freePorts = async (): Promise<{ readonly https: number; readonly http: number }> => ({
  https: await freePort(addresses.registry),
  http: await freePort(addresses.registry),
});

/** Whether this system has more than one loopback address: Linux does, macOS does not. */
const canListen = (address: string): Promise<boolean> =>
  freePort(address).then(
    () => true,
    () => false,
  );

/** A balancer's own name, in AWS's form. */
export const balancerDnsName = (name: BalancerName): string =>
  `hokusai-${name}-development-1234567890.us-east-1.elb.amazonaws.com`;

/** Adds the public names to the zone, each as an alias of its balancer. */
export const publishNames = (dns: DnsServer, balancers: Readonly<Record<BalancerName | 'outside', Balancer>>): void => {
  for (const name of ['registry', 'main', 'mlflow'] as const) {
    dns.set(balancerDnsName(name), { kind: 'addresses', addresses: [balancers[name].address] });
    for (const role of hostsOf[name]) dns.set(defaultHosts[role], { kind: 'alias', name: balancerDnsName(name) });
  }
  dns.set(outsideHost, { kind: 'addresses', addresses: [balancers.outside.address] });
};

/** The balancer that serves a host. */
export const balancerOf = (role: HostRole): BalancerName =>
  (Object.keys(hostsOf) as BalancerName[]).find((name) => hostsOf[name].includes(role)) ?? 'main';
