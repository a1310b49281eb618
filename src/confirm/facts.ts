import type { EcsServiceName } from '../platform/inventory.ts';
import type { Operation } from './operations.ts';
import type {
  AcmCertificate,
  CacheCluster,
  CacheGroup,
  Database,
  Datapoint,
  DnsRecord,
  EcsEvent,
  EcsService,
  GatewayApi,
  GatewayAuthorizer,
  GatewayRoute,
  Image,
  Listener,
  LoadBalancer,
  NetworkAcl,
  Place,
  PrefixList,
  PrivateZone,
  Rule,
  SecurityGroup,
  StackEvent,
  TargetGroup,
  TargetState,
  Task,
  TaskDefinition,
  TrailEvent,
  Zone,
} from './resources.ts';
import type { TroubleKind } from './trouble.ts';

/** Log lines that say something, counted by what they say. Nothing of their text is kept. */
interface LogCounts {
  readonly counts: Readonly<Record<string, number>>;
}

interface Shared {
  readonly balancers: readonly LoadBalancer[];
  readonly balancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  /** Of the listener on port 443; empty if there is none. */
  readonly rules: readonly Rule[];
  /** Of the listener on port 80; empty if there is none. */
  readonly rules80: readonly Rule[];
  readonly targetGroups: readonly TargetGroup[];
  readonly targets: readonly TargetState[];
  readonly services: readonly EcsService[];
  readonly zones: readonly Zone[];
  readonly records: readonly DnsRecord[];
  readonly instances: readonly string[];
  /** ARNs of the certificate of the listener on port 443, and of its further ones. */
  readonly listenerCertificates: readonly string[];
  /** Those of ACM among them. */
  readonly certificates: readonly AcmCertificate[];
  /** The zone of the name in MLFLOW_TRACKING_URI; null: Route 53 has none. */
  readonly privateZoneFound: Zone | null;
  readonly privateZone: PrivateZone | null;
  readonly privateRecords: readonly DnsRecord[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly databaseGroups: readonly SecurityGroup[];
  readonly networkAcls: readonly NetworkAcl[];
  /** Those that the security groups refer to. */
  readonly prefixLists: readonly PrefixList[];
  readonly database: Database;
  readonly databaseEvents: readonly EcsEvent[];
  readonly connections: readonly Datapoint[];
  readonly secretChangedAt: number | null;
  /** Parameters of the database that differ from the engine's. */
  readonly databaseParameters: ReadonlyMap<string, string>;
  readonly caches: readonly CacheCluster[];
  readonly cacheGroups: readonly CacheGroup[];
  readonly cacheSecurityGroups: readonly SecurityGroup[];
  readonly cachePlace: Place;
  readonly gatewayApis: readonly GatewayApi[];
  readonly gatewayRoutes: readonly {
    readonly id: string;
    /** Otherwise a REST API, whose routes are `gatewayMethods`. */
    readonly isHttp: boolean;
    readonly routes: readonly GatewayRoute[];
  }[];
  readonly gatewayMethods: readonly GatewayRoute[];
  readonly httpAuthorizers: readonly GatewayAuthorizer[];
  readonly restAuthorizers: readonly GatewayAuthorizer[];
}

interface Changes {
  /** CloudFormation's stacks of the service and the balancer. */
  readonly stacks: readonly string[];
  readonly stackEvents: readonly StackEvent[];
  /** Changes of rules; isWhole: none was left out. */
  readonly trailEvents: { readonly isWhole: boolean; readonly events: readonly TrailEvent[] };
}

export type ChangeFact = keyof Changes;

type PerService = {
  readonly [Name in EcsServiceName as `runningArns.${Name}`]: readonly string[];
} & {
  readonly [Name in EcsServiceName as `running.${Name}`]: readonly Task[];
} & {
  readonly [Name in EcsServiceName as `stoppedArns.${Name}`]: readonly string[];
} & {
  readonly [Name in EcsServiceName as `stopped.${Name}`]: readonly Task[];
} & {
  readonly [Name in EcsServiceName as `definition.${Name}`]: TaskDefinition;
} & {
  readonly [Name in EcsServiceName as `images.${Name}`]: readonly Image[];
} & {
  readonly [Name in EcsServiceName as `log.${Name}`]: LogCounts;
};

/** Everything that can be learned from AWS, by name. */
export type Facts = Shared & PerService & Changes;
export type FactName = keyof Facts;

export interface Unknown {
  readonly state: 'unknown';
  readonly trouble: TroubleKind;
  /** The call without an answer; the one of an earlier fact if this one needs it. */
  readonly operation: Operation;
  /** Text from outside. */
  readonly detail: string;
}

export type Fact<T> = { readonly state: 'known'; readonly value: T } | Unknown;

export type Known = { readonly [Name in FactName]?: Fact<Facts[Name]> };
