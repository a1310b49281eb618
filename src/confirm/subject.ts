import type { FailureMode } from '../model/failure-modes.ts';
import type { HostRole } from '../platform/hosts.ts';
import type { EcsServiceName, Inventory } from '../platform/inventory.ts';

/** A request that shows the fault. */
export interface Asked {
  readonly host: HostRole;
  /** Null: it asks for a name or a certificate only. */
  readonly path: string | null;
  readonly port: number;
  readonly failureMode: FailureMode;
}

/** What the calls are about: one fault as it is seen from outside. */
export interface Subject {
  readonly inventory: Inventory;
  /** The host that decides which balancer is asked. */
  readonly host: HostRole;
  readonly hostName: string;
  readonly hostNames: Readonly<Record<HostRole, string>>;
  /** The balancer's DNS name as the host's CNAME chain shows it; null behind an alias. */
  readonly balancerDnsName: string | null;
  /** Hosts whose requests fail: a gateway in front of them has them as its custom domains. */
  readonly gatewayHosts: readonly string[];
  /** APIs of API Gateway that their CNAME chains name. */
  readonly gatewayIds: readonly string[];
  /** The service behind the target group that fails. */
  readonly service: EcsServiceName;
  readonly asked: readonly Asked[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** When it began; null: unknown. */
  readonly onset: number | null;
}
