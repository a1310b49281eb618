import * as v from 'valibot';
import { defaultLimits } from '../../model/limits.ts';
import type { Target } from '../../model/target.ts';
import { defaultHosts } from '../../platform/hosts.ts';
import { defaultTargets } from '../../platform/targets.ts';
import type { Format } from '../format.ts';
import { environmentPattern } from '../format.ts';
import { limitRanges } from '../limit-ranges.ts';
import { isProxySetting, parseConnectTo, parseDnsServer } from '../network-address.ts';
import { confirm } from './confirm.ts';
import { credentials } from './credentials.ts';
import { incidents } from './incidents.ts';
import { notify } from './notify.ts';
import { registration } from './registration.ts';
import {
  type ControlOverride,
  controlOverride,
  type DnsOverride,
  dnsOverride,
  type HttpOverride,
  httpOverride,
  type OwnTarget,
  ownTarget,
  type TlsOverride,
  tlsOverride,
} from './target.ts';
import { origin } from './url.ts';
import { fileName, hostName, key, matching, whole } from './value.ts';

const hosts = v.strictObject({
  registry: key(hostName, 'The registry, with the proxy to MLflow.'),
  api: key(hostName, 'The API.'),
  mlflow: key(hostName, "MLflow's own host."),
  platform: key(hostName, "The platform's pages."),
  auth: key(hostName, 'The auth service, probed as the control.'),
});

const dnsServer = v.pipe(
  v.string(),
  v.check((text) => parseDnsServer(text) !== null, 'dns-server' satisfies Format),
);

const connectTo = v.pipe(
  v.string(),
  v.check(
    (text) => typeof parseConnectTo(text) !== 'string',
    ({ input }) => {
      const parsed = parseConnectTo(input);
      return typeof parsed === 'string' ? parsed : 'connect-to-parts';
    },
  ),
);

const network = v.strictObject({
  dnsServers: key(
    v.pipe(v.array(dnsServer), v.nonEmpty(), v.maxLength(10)),
    "DNS servers by IP address, with or without a port. Default: the system's.",
  ),
  connectTo: key(
    v.pipe(v.array(connectTo), v.maxLength(1_000)),
    "HOST1:PORT1:HOST2:PORT2, as curl's --connect-to: connect there instead. The name in requests and certificate checks stays.",
  ),
  caFile: key(fileName, "PEM file of certificates to trust besides the system's."),
  proxy: key(
    v.pipe(v.string(), v.check(isProxySetting, 'proxy' satisfies Format)),
    'Proxy of requests and the webhook: its URL, or environment for HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. Default: none.',
  ),
});

const limit = (name: keyof typeof limitRanges) => {
  const { least, most, help } = limitRanges[name];
  return key(whole(least, most), `${help} Default: ${defaultLimits[name]}.`);
};

const limits = v.strictObject({
  resolveMs: limit('resolveMs'),
  connectMs: limit('connectMs'),
  tlsMs: limit('tlsMs'),
  transferMs: limit('transferMs'),
  totalMs: limit('totalMs'),
  decisiveMs: limit('decisiveMs'),
  deadlineMs: limit('deadlineMs'),
  slowMs: limit('slowMs'),
  headerBytes: limit('headerBytes'),
  bodyBytes: limit('bodyBytes'),
  evidenceBytes: limit('evidenceBytes'),
  redirects: limit('redirects'),
  concurrency: limit('concurrency'),
  confirmPauseMs: limit('confirmPauseMs'),
  addresses: limit('addresses'),
  nextAddressMs: limit('nextAddressMs'),
  familyWaitMs: limit('familyWaitMs'),
  certificateDays: limit('certificateDays'),
  cleanupReserveMs: limit('cleanupReserveMs'),
  pendingMs: limit('pendingMs'),
  leftOverMs: limit('leftOverMs'),
} satisfies Record<keyof typeof limitRanges, unknown>);

const metrics = v.strictObject({
  enabled: key(v.boolean(), 'false: publish nothing. Default: true.'),
  namespace: key(
    matching(/^(?!AWS\/)[A-Za-z0-9._/#:-]([A-Za-z0-9._/#: -]{0,253}[A-Za-z0-9._/#:-])?$/, 'namespace'),
    'CloudWatch namespace. Default: Hokusai/Synthetics.',
  ),
  detail: key(
    v.picklist(['hosts', 'targets']),
    'hosts: success and duration per host; targets: also per target, and each series costs. Default: hosts.',
  ),
});

const overrideOf = (target: Target) => {
  if (target.id === 'external.control') return controlOverride;
  switch (target.kind) {
    case 'http':
      return httpOverride;
    case 'dns':
      return dnsOverride;
    case 'tls':
      return tlsOverride;
  }
};

const standardTargets = defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: '' });

export const standardIds: readonly string[] = standardTargets.map(({ id }) => id);

const standardTarget = (id: string): Target | undefined => standardTargets.find((target) => target.id === id);

/** The kind of a default target; null: there is no such default. */
export const standardKind = (id: string): Target['kind'] | null => standardTarget(id)?.kind ?? null;

/** The keys that a default target accepts. */
export const standardKeys = (id: string): readonly string[] => {
  const target = standardTarget(id);
  return target === undefined ? [] : Object.keys(overrideOf(target).entries);
};

/** Ids are values of a metric dimension (CloudWatch: ASCII, at most 1024 characters) and words on a command line. */
export const targetIdPattern = /^[A-Za-z][A-Za-z0-9._-]{0,99}$/;

/** More do not fit into a minute, and their metrics would cost too much. */
const mostTargets = 1_000;

const targets = v.pipe(
  v.objectWithRest(
    {
      only: key(
        v.pipe(v.array(v.string()), v.nonEmpty(), v.maxLength(mostTargets)),
        'Ids of the targets to enable, all others are off; `registration` means the flow.',
      ),
      ...Object.fromEntries(
        standardTargets.map((target) => [
          target.id,
          key(overrideOf(target), `${target.title}${target.enabled ? '' : ' (off by default)'}`),
        ]),
      ),
    },
    ownTarget,
  ),
  v.maxEntries(mostTargets),
);

/** The document `synthetics.yaml`. Nothing is transformed here; assemble.ts fills in the defaults. */
export const configurationSchema = v.strictObject({
  environment: key(
    matching(environmentPattern, 'environment'),
    'Name of the environment in reports and metrics. Default: development.',
  ),
  hosts: key(hosts, "Another deployment's host names. Default: the production names."),
  credentials: key(credentials, 'The API key, by reference.'),
  network: key(network, 'DNS servers, connections and trusted certificates.'),
  limits: key(limits, 'Limits of the prober.'),
  metrics: key(metrics, 'Metrics in CloudWatch.'),
  cors: key(
    v.strictObject({
      origin: key(
        origin,
        'Origin of the pages that call the proxy from a browser. Default: https://platform.hokus.ai.',
      ),
    }),
    'Cross-origin requests that browsers must be able to make.',
  ),
  registration: key(registration, 'The model-registration flow.'),
  followUp: key(
    v.boolean(),
    'false: never ask more than the targets. Default: true, up to 10 requests if a failing cycle leaves a cause in doubt.',
  ),
  baseline: key(fileName, 'A saved JSON report from a healthy day: failures in it count as known.'),
  targets: key(targets, 'Default targets by id, to change or disable; any other id adds a target of your own.'),
  incidents: key(incidents, 'When incidents open, resolve and remind, and what is muted.'),
  notify: key(notify, 'Where incidents are reported.'),
  confirm: key(confirm, "Names of the platform's resources in AWS, for check --confirm."),
});

/** The target's kind, and whether it is a default, decide which one it is. */
type TargetEntry = HttpOverride | DnsOverride | TlsOverride | ControlOverride | OwnTarget;

/** A valid document, with `targets.only` moved out of the targets. */
export interface Configuration extends Omit<v.InferOutput<typeof configurationSchema>, 'targets'> {
  readonly targets?: Readonly<Record<string, TargetEntry>>;
  readonly only?: readonly string[];
}
