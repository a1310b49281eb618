import type { EcsServiceName } from '../platform/inventory.ts';
import type { Operation } from './operations.ts';
import type {
  AcmCertificate,
  Database,
  Datapoint,
  DnsRecord,
  EcsEvent,
  EcsService,
  Listener,
  LoadBalancer,
  NetworkAcl,
  Rule,
  SecurityGroup,
  TargetGroup,
  TargetState,
  Task,
  TaskDefinition,
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
  readonly certificates: readonly AcmCertificate[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly databaseGroups: readonly SecurityGroup[];
  readonly networkAcls: readonly NetworkAcl[];
  readonly database: Database;
  readonly databaseEvents: readonly EcsEvent[];
  readonly connections: readonly Datapoint[];
  readonly secretChangedAt: number | null;
}

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
  readonly [Name in EcsServiceName as `log.${Name}`]: LogCounts;
};

/** Everything that can be learned from AWS, by name. */
export type Facts = Shared & PerService;
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
