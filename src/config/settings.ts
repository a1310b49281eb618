import type { Mute, Severity } from '../model/incident.ts';
import type { Limits } from '../model/limits.ts';
import type { Target } from '../model/target.ts';
import type { Hosts } from '../platform/hosts.ts';
import type { InventoryOverrides } from '../platform/inventory.ts';

/** The place of a secret. The configuration never holds the secret itself. */
export type SecretReference =
  | { readonly from: 'env'; readonly name: string }
  /** The absolute path of a file that holds only the secret, as orchestrators mount it. */
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'secretsManager'; readonly id: string; readonly field: string | null }
  | { readonly from: 'ssm'; readonly name: string };

/** curl's --connect-to: null matches any value (from), or keeps the requested one (to). */
export interface ConnectTo {
  readonly fromHost: string | null;
  readonly fromPort: number | null;
  readonly toHost: string | null;
  readonly toPort: number | null;
}

/** A URL, or `environment`: HTTPS_PROXY and the like. Null: no proxy, whatever the environment says. */
export type ProxySetting = string | null;

export interface NetworkSettings {
  /** `address:port` each; null: the system's. */
  readonly dnsServers: readonly string[] | null;
  readonly connectTo: readonly ConnectTo[];
  /** PEM certificates to trust besides the system's; null: none. */
  readonly extraCa: string | null;
  readonly proxy: ProxySetting;
  /** The absolute path of their file. Absent: none. */
  readonly caFile?: string;
}

interface MetricsSettings {
  readonly enabled: boolean;
  readonly namespace: string;
  /** `hosts`: success and duration per host; `targets`: also per target, at the price that `explain metrics` shows. */
  readonly detail: 'hosts' | 'targets';
}

/** The model-registration flow. */
export interface RegistrationSettings {
  readonly enabled: boolean;
  /** Prefix of every model that the flow creates and deletes. */
  readonly modelPrefix: string;
  readonly experiment: string;
  /** Null: none is sent. */
  readonly workspace: string | null;
  /** Base URL that users go through, without a final slash: `/api/2.0/mlflow/*` and `/api/2.0/mlflow-artifacts/*` are below it. */
  readonly through: string;
  /** Base URLs for `registered-models/delete` and the like, tried in order when `through` loses the bodies of DELETE. */
  readonly cleanupThrough: readonly string[];
}

/** When incidents open, resolve and remind, and what is muted. */
export interface IncidentSettings {
  readonly open: { readonly failures: number; readonly of: number };
  readonly resolveAfter: number;
  readonly remindEveryMs: number;
  /** Time between two looks while something fails. */
  readonly recheckEveryMs: number;
  readonly openAtOnce: readonly string[];
  readonly severity: Readonly<Record<string, Severity>>;
  readonly mutes: readonly Mute[];
}

/** A service for alerts. */
interface ServiceSettings {
  readonly secret: SecretReference;
  /** Where it takes events. */
  readonly address: string;
}

/** Where incidents are reported. */
export interface NotifySettings {
  /** ARNs; null: not set. */
  readonly topics: {
    readonly critical: string | null;
    readonly warning: string | null;
    readonly operational: string | null;
  };
  /** The place of a Slack-compatible webhook's URL, which is a secret. */
  readonly webhook: SecretReference | null;
  readonly pagerduty: ServiceSettings | null;
  readonly opsgenie: ServiceSettings | null;
  /** The place of the URL of a workflow's webhook. */
  readonly teams: SecretReference | null;
  readonly json: { readonly secret: SecretReference; readonly template: string | null } | null;
  /** The place of the URL of a dead man's switch, which is a secret too. */
  readonly heartbeat: SecretReference | null;
  readonly dashboard: string | null;
  readonly runbook: string | null;
}

/** One validated configuration, defaults filled in. */
export interface Settings {
  /** The configuration file as the user named it, for commands that people paste. Absent: none, or not a file. */
  readonly file?: string;
  readonly environment: string;
  readonly hosts: Hosts;
  /** Null: `apiKey: none`. Targets that need a key are then refused at the start. */
  readonly apiKey: SecretReference | null;
  /** Hosts that may receive the key: platform hosts, and those that the configuration adds. */
  readonly keyHosts: readonly string[];
  readonly network: NetworkSettings;
  readonly limits: Limits;
  readonly metrics: MetricsSettings;
  readonly registration: RegistrationSettings;
  /** Whether a failing cycle asks more requests to decide between hypotheses. */
  readonly followUp: boolean;
  readonly incidents: IncidentSettings;
  /** Names of the platform's resources in AWS, for confirmations. */
  readonly confirm?: InventoryOverrides;
  readonly notify: NotifySettings;
  /** Every target, including disabled ones. */
  readonly targets: readonly Target[];
  /** Absolute path of a saved report; null: none. */
  readonly baseline: string | null;
}
