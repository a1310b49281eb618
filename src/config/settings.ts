import type { Mute, Severity } from '../model/incident.ts';
import type { Limits } from '../model/limits.ts';
import type { Target } from '../model/target.ts';
import type { Hosts } from '../platform/hosts.ts';

/** Where a secret is kept. The secret itself never stands in a configuration. */
export type SecretReference =
  | { readonly from: 'env'; readonly name: string }
  /** A file that holds the secret alone, as orchestrators mount it; an absolute path. */
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'secretsManager'; readonly id: string; readonly field: string | null }
  | { readonly from: 'ssm'; readonly name: string };

/** curl's --connect-to: null matches any (on the left), or keeps what was asked for (on the right). */
export interface ConnectTo {
  readonly fromHost: string | null;
  readonly fromPort: number | null;
  readonly toHost: string | null;
  readonly toPort: number | null;
}

export interface NetworkSettings {
  /** `address:port` each; null: the system's. */
  readonly dnsServers: readonly string[] | null;
  readonly connectTo: readonly ConnectTo[];
  /** Certificates in PEM that are trusted besides the system's; null: none. */
  readonly extraCa: string | null;
}

interface MetricsSettings {
  readonly enabled: boolean;
  readonly namespace: string;
  /** `hosts`: success and duration for each host; `targets`: for each target too, at the price that `explain metrics` names. */
  readonly detail: 'hosts' | 'targets';
}

/** The model-registration flow. */
export interface RegistrationSettings {
  readonly enabled: boolean;
  /** Begins the name of every model that the flow makes, and deletes again. */
  readonly modelPrefix: string;
  readonly experiment: string;
  /** The way that users go: `/api/2.0/mlflow/*` and `/api/2.0/mlflow-artifacts/*` are below it; without a slash at its end. */
  readonly through: string;
  /** Where `registered-models/delete` and its like are, when the bodies of DELETE get lost on the way above; in this order. */
  readonly cleanupThrough: readonly string[];
}

/** When incidents open, resolve and remind, and what is kept silent. */
export interface IncidentSettings {
  readonly open: { readonly failures: number; readonly of: number };
  readonly resolveAfter: number;
  readonly remindEveryMs: number;
  readonly openAtOnce: readonly string[];
  readonly severity: Readonly<Record<string, Severity>>;
  readonly mutes: readonly Mute[];
}

/** Whom incidents are told to. */
export interface NotifySettings {
  /** ARNs; null: none of its own. */
  readonly topics: {
    readonly critical: string | null;
    readonly warning: string | null;
    readonly operational: string | null;
  };
  /** Where the URL of a Slack-compatible webhook is kept; it is a secret. */
  readonly webhook: SecretReference | null;
  readonly dashboard: string | null;
  readonly runbook: string | null;
}

/** One validated configuration, defaults filled in. */
export interface Settings {
  readonly environment: string;
  readonly hosts: Hosts;
  /** Null: the configuration says that there is no key; probes that need one are refused at start. */
  readonly apiKey: SecretReference | null;
  /** Hosts that the key may be sent to: the platform's own, and those that the configuration adds. */
  readonly keyHosts: readonly string[];
  readonly network: NetworkSettings;
  readonly limits: Limits;
  readonly metrics: MetricsSettings;
  readonly registration: RegistrationSettings;
  readonly incidents: IncidentSettings;
  readonly notify: NotifySettings;
  /** Every target, the switched-off ones included. */
  readonly targets: readonly Target[];
  /** Path of a saved report, as the configuration names it, made absolute; null: none. */
  readonly baseline: string | null;
}
