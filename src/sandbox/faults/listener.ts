import type { Server } from 'node:net';
import type { FailureMode } from '../../model/failure-modes.ts';
import { defaultHosts } from '../../platform/hosts.ts';
import { startBlackhole } from '../network/blackhole.ts';
import type { LeafOptions } from '../network/certificates.ts';
import {
  antiqueTlsServer,
  plainRogue,
  type RogueName,
  resettingServer,
  rogues,
  silentServer,
  tlsRogue,
} from '../network/rogues.ts';
import type { Topology } from '../topology.ts';
import type { InjectedFault } from './fault.ts';

const { registry } = defaultHosts;

/** Another server on the registry's port 443. */
const inPlaceOfRegistry = (
  title: string,
  shows: readonly FailureMode[],
  server: (topology: Topology) => Server,
  causes: readonly string[] = [],
): InjectedFault => ({
  title,
  causes,
  shows,
  apply: (topology) => topology.balancers.registry.replaceServer('https', server(topology)),
});

/** A server that misbehaves over valid TLS on MLflow's own host. */
const rogueMlflow = (title: string, shows: FailureMode, name: RogueName): InjectedFault => ({
  title,
  causes: [],
  shows: [shows],
  apply: ({ balancers, certificates }) =>
    balancers.mlflow.replaceServer('https', tlsRogue(rogues[name], certificates.mlflow)),
});

const certificate = (title: string, shows: FailureMode, options: Partial<LeafOptions>): InjectedFault => ({
  title,
  causes: ['tls-certificate-invalid'],
  shows: [shows],
  ...(shows === 'tls-expires-soon' ? { verdicts: ['degraded'] as const } : {}),
  apply: async ({ authority, balancers }) =>
    balancers.registry.present(registry, await authority.issue({ names: [registry], ...options })),
});

export const listenerFaults = {
  'registry-listener-closed': {
    title: 'the registry balancer has no listener on port 443',
    causes: ['https-listener-missing'],
    shows: ['connect-refused'],
    apply: ({ balancers }) => balancers.registry.closeListener('https'),
  },
  'registry-balancer-unreachable': {
    title: 'the security group of the registry balancer drops outside traffic',
    causes: ['security-group-blocking'],
    shows: ['connect-timeout'],
    apply: async ({ balancers: { registry: balancer } }) => {
      await balancer.replaceBy('https', () => startBlackhole(balancer.address, balancer.ports.https));
      await balancer.replaceBy('http', () => startBlackhole(balancer.address, balancer.ports.http));
    },
  },
  'registry-resets-connections': inPlaceOfRegistry(
    'the listener of the registry resets each connection',
    ['connect-reset'],
    resettingServer,
  ),
  'registry-handshake-stalls': inPlaceOfRegistry(
    'the listener of the registry accepts connections but stays silent',
    ['tls-handshake-timeout'],
    silentServer,
  ),
  'registry-speaks-plain-http': inPlaceOfRegistry(
    'the registry speaks plain HTTP on port 443',
    ['tls-handshake-failed'],
    () => plainRogue(rogues['speaks-garbage']),
    ['tls-certificate-invalid'],
  ),
  'registry-speaks-tls-1.0': inPlaceOfRegistry(
    'the registry speaks TLS 1.0 only',
    ['tls-handshake-failed'],
    ({ certificates }) => antiqueTlsServer(certificates.registry),
    ['tls-certificate-invalid'],
  ),
  'registry-certificate-expired': certificate('the certificate of the registry has expired', 'tls-expired', {
    fromDays: -90,
    toDays: -3,
  }),
  'registry-certificate-not-yet-valid': certificate(
    'the certificate of the registry starts next week',
    'tls-not-yet-valid',
    { fromDays: 7 },
  ),
  'registry-certificate-of-other-name': certificate(
    'the registry serves a certificate for another name',
    'tls-name-mismatch',
    { names: ['registry.hokusai.example'] },
  ),
  'registry-certificate-chain-incomplete': certificate(
    'the registry omits the intermediate certificate',
    'tls-untrusted',
    { without: 'intermediate' },
  ),
  'registry-certificate-expires-soon': certificate(
    'the certificate of the registry expires in nine days',
    'tls-expires-soon',
    { fromDays: -80, toDays: 9.5 },
  ),
  'registry-certificate-self-signed': {
    title: 'the registry serves a self-signed certificate',
    causes: ['tls-certificate-invalid'],
    shows: ['tls-untrusted'],
    apply: async ({ authority, balancers }) =>
      balancers.registry.present(registry, await authority.selfSigned([registry])),
  },
  'mlflow-host-hangs': rogueMlflow('the server of mlflow.hokus.ai never responds', 'response-timeout', 'hangs'),
  'mlflow-host-hangs-up': rogueMlflow(
    'the server of mlflow.hokus.ai hangs up instead of responding',
    'connection-closed',
    'closes-without-answer',
  ),
  'mlflow-host-speaks-garbage': rogueMlflow(
    'the server of mlflow.hokus.ai does not speak HTTP',
    'response-malformed',
    'speaks-garbage',
  ),
  'mlflow-host-breaks-off': rogueMlflow(
    'the server of mlflow.hokus.ai truncates its responses',
    'response-truncated',
    'breaks-off-mid-body',
  ),
  'mlflow-host-floods': rogueMlflow(
    'the server of mlflow.hokus.ai never ends its responses',
    'response-too-large',
    'never-ends-its-body',
  ),
  'mlflow-host-drips': rogueMlflow(
    'the server of mlflow.hokus.ai drips its responses byte by byte',
    'transfer-timeout',
    'drips-its-body',
  ),
  'mlflow-host-behind-login': rogueMlflow(
    'a login page with status 200 is in front of mlflow.hokus.ai',
    'unexpected-answerer',
    'shows-a-login-page',
  ),
} as const satisfies Record<string, InjectedFault>;
