/** The parts of AWS resources that a confirmation reads. Times are milliseconds since the epoch. */

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly vpc: string;
  readonly securityGroups: readonly string[];
  readonly subnets: readonly string[];
}

export type Action =
  | { readonly kind: 'forward'; readonly groups: readonly string[] }
  | {
      readonly kind: 'redirect';
      readonly protocol: string;
      readonly host: string;
      readonly port: string;
      readonly path: string;
    }
  | { readonly kind: 'fixed-response'; readonly status: string }
  /** Authentication, for example: the action after it answers. */
  | { readonly kind: 'other'; readonly type: string };

export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: string;
  readonly actions: readonly Action[];
  readonly certificates: readonly string[];
}

interface Condition {
  readonly field: string;
  readonly values: readonly string[];
}

export interface Rule {
  readonly priority: string;
  readonly isDefault: boolean;
  readonly conditions: readonly Condition[];
  readonly actions: readonly Action[];
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly protocol: string;
  readonly healthPath: string | null;
  readonly healthProtocol: string | null;
  readonly balancers: readonly string[];
}

export interface TargetState {
  readonly group: string;
  readonly id: string;
  readonly port: number | null;
  readonly state: string;
  readonly reason: string | null;
  readonly description: string | null;
}

export interface EcsEvent {
  readonly at: number;
  readonly message: string;
}

interface Deployment {
  readonly at: number;
  /** Its task definition: `NAME:REVISION`. */
  readonly definition: string;
}

export interface EcsService {
  readonly arn: string | null;
  readonly name: string;
  readonly status: string;
  readonly desired: number;
  readonly running: number;
  readonly taskDefinition: string;
  readonly targetGroups: readonly { readonly arn: string; readonly port: number | null }[];
  /** Target groups that a blue/green deployment may have switched to. */
  readonly alternates: readonly string[];
  /** Ids of its services in Cloud Map. */
  readonly registries: readonly string[];
  /** Its tasks look names up without DNS. */
  readonly hasServiceConnect: boolean;
  readonly securityGroups: readonly string[];
  readonly subnets: readonly string[];
  /** Newest first. */
  readonly events: readonly EcsEvent[];
  readonly deployments: readonly Deployment[];
}

export interface Task {
  readonly address: string | null;
  readonly startedAt: number | null;
  readonly stoppedAt: number | null;
  readonly stoppedReason: string | null;
  readonly exitCodes: readonly number[];
}

/** The host of a URL: a name or a fixed address. */
export interface HostNamed {
  readonly kind: 'name' | 'address';
  readonly host: string;
  readonly port: number | null;
}

/** A container image, and whether its registry has it. */
export interface Image {
  readonly name: string;
  readonly exists: boolean;
}

/** A task definition without any value: only names, and what is derived from values. */
export interface TaskDefinition {
  /** Names of variables and secrets. */
  readonly names: readonly string[];
  /** Where each secret comes from: a name or ARN, never its value. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Where MLFLOW_TRACKING_URI leads to; null: it is not set, or is no URL. */
  readonly tracking: HostNamed | null;
  /** Where REDIS_URL leads to; null likewise. */
  readonly redis: HostNamed | null;
  /** The containers' images. */
  readonly images: readonly string[];
  /** A start command or a name speaks of TLS. */
  readonly speaksTls: boolean;
  /** Starts with MLflow's own user check. */
  readonly checksUsers: boolean;
}

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
}

/** A private zone with the VPCs that resolve its names. */
export interface PrivateZone {
  readonly name: string;
  readonly vpcs: readonly string[];
}

export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  /** The name that an alias leads to. */
  readonly alias: string | null;
  readonly values: readonly string[];
}

export interface AcmCertificate {
  readonly status: string;
  readonly names: readonly string[];
  readonly notBefore: number | null;
  readonly notAfter: number | null;
}

export interface Permission {
  /** `tcp`, `-1` for all. */
  readonly protocol: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly cidrs: readonly string[];
  readonly groups: readonly string[];
  readonly prefixLists: readonly string[];
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly vpc: string;
  readonly ingress: readonly Permission[];
  readonly egress: readonly Permission[];
}

export interface PrefixList {
  readonly id: string;
  readonly cidrs: readonly string[];
}

export interface AclEntry {
  readonly number: number;
  readonly isEgress: boolean;
  readonly allows: boolean;
  readonly protocol: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly cidr: string | null;
}

export interface NetworkAcl {
  readonly id: string;
  readonly isDefault: boolean;
  readonly subnets: readonly string[];
  readonly entries: readonly AclEntry[];
}

/** What CloudFormation did to a resource. */
export interface StackEvent {
  readonly at: number;
  readonly stack: string;
  /** Its name in the template. */
  readonly resource: string;
  readonly type: string;
  readonly status: string;
}

/** A call that changed something. */
export interface TrailEvent {
  readonly at: number;
  readonly name: string;
  readonly resources: readonly string[];
}

/** An API in API Gateway. */
export interface GatewayApi {
  readonly id: string;
  /** The custom domain that leads to it; null: it is not known which hosts do. */
  readonly host: string | null;
  /** The first part of the paths that lead to it; empty: all. */
  readonly base: string;
}

/** A route of an HTTP API, or a method of a REST API. */
export interface GatewayRoute {
  readonly api: string;
  readonly path: string;
  /** It asks for nothing, not even a key of API Gateway's own. */
  readonly isOpen: boolean;
  /** It asks for signatures of AWS. */
  readonly signs: boolean;
  readonly authorizer: string | null;
}

export interface GatewayAuthorizer {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Headers in lower case, and `?NAME` for parameters, all of which a request must have. */
  readonly sources: readonly string[];
}

/** Where a database or a cache is. */
export interface Place {
  readonly vpc: string;
  readonly subnets: readonly string[];
}

export interface Database {
  readonly id: string;
  readonly status: string;
  readonly port: number;
  readonly isReplica: boolean;
  readonly parameterGroup: string | null;
  readonly securityGroups: readonly string[];
  readonly place: Place | null;
}

/** A node of a cache. */
export interface CacheCluster {
  readonly id: string;
  readonly status: string;
  readonly endpoints: readonly string[];
  readonly securityGroups: readonly string[];
  readonly subnetGroup: string | null;
}

/** Several nodes under one name. */
export interface CacheGroup {
  readonly id: string;
  readonly status: string;
  readonly endpoints: readonly string[];
  readonly members: readonly string[];
}

export interface Datapoint {
  readonly at: number;
  readonly most: number;
}
