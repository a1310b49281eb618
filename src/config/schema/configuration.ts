import * as v from 'valibot';
import { defaultLimits } from '../../model/limits.ts';
import type { Target } from '../../model/target.ts';
import { defaultHosts } from '../../platform/hosts.ts';
import { defaultTargets } from '../../platform/targets.ts';
import type { Format } from '../format.ts';
import { limitRanges } from '../limit-ranges.ts';
import { parseConnectTo, parseDnsServer } from '../network-address.ts';
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
  auth: key(hostName, 'The auth service, which is the control.'),
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
    "HOST1:PORT1:HOST2:PORT2, as curl's --connect-to: connect there instead; the name that is asked for and verified stays.",
  ),
  caFile: key(fileName, "Certificates in PEM that are trusted besides the system's."),
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
  enabled: key(v.boolean(), 'false: nothing is published. Default: true.'),
  namespace: key(
    matching(/^(?!AWS\/)[A-Za-z0-9._/#:-]([A-Za-z0-9._/#: -]{0,253}[A-Za-z0-9._/#:-])?$/, 'namespace'),
    'CloudWatch namespace. Default: Hokusai/Synthetics.',
  ),
  detail: key(
    v.picklist(['hosts', 'targets']),
    'hosts: success and duration for each host; targets: for each target too, and each series costs. Default: hosts.',
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

/** What a default target asks; null: there is no such default. */
export const standardKind = (id: string): Target['kind'] | null => standardTarget(id)?.kind ?? null;

/** What can be said about a default target. */
export const standardKeys = (id: string): readonly string[] => {
  const target = standardTarget(id);
  return target === undefined ? [] : Object.keys(overrideOf(target).entries);
};

/** Ids are values of a metric dimension (CloudWatch: ASCII, at most 1024 characters) and words on a command line. */
export const targetIdPattern = /^[A-Za-z][A-Za-z0-9._-]{0,99}$/;

/** More are not probed within a minute, and no series of theirs is paid for by anyone. */
const mostTargets = 1_000;

const targets = v.pipe(
  v.objectWithRest(
    {
      only: key(
        v.pipe(v.array(v.string()), v.nonEmpty(), v.maxLength(mostTargets)),
        'Ids of the targets that are on, all others are off; `registration` stands for the flow.',
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

/** The document `synthetics.yaml`. What it means is in assemble.ts; nothing is transformed here. */
export const configurationSchema = v.strictObject({
  environment: key(
    matching(/^[A-Za-z0-9._-]{1,64}$/, 'environment'),
    'Name of the environment in reports and metrics. Default: development.',
  ),
  hosts: key(hosts, "Another deployment's host names. Default: the production names."),
  credentials: key(credentials, 'The API key, by reference.'),
  network: key(network, 'How the network is reached.'),
  limits: key(limits, 'Limits of the prober.'),
  metrics: key(metrics, 'What is published to CloudWatch.'),
  cors: key(
    v.strictObject({
      origin: key(origin, 'Origin that browsers use the proxy from. Default: https://platform.hokus.ai.'),
    }),
    'What browsers must be allowed.',
  ),
  registration: key(registration, 'The model-registration flow.'),
  baseline: key(fileName, 'A saved JSON report of a healthy day: what failed there in the same way is known.'),
  targets: key(targets, "Default targets by their id, to change or switch off; any other id is a target of one's own."),
  incidents: key(incidents, 'When incidents open, resolve and remind, and what is kept silent.'),
  notify: key(notify, 'Whom incidents are told to.'),
});

/** By the target's kind, and by whether it is a default, an entry is one of these. */
type TargetEntry = HttpOverride | DnsOverride | TlsOverride | ControlOverride | OwnTarget;

/** A valid document, in which `targets.only` is told apart from the targets. */
export interface Configuration extends Omit<v.InferOutput<typeof configurationSchema>, 'targets'> {
  readonly targets?: Readonly<Record<string, TargetEntry>>;
  readonly only?: readonly string[];
}
