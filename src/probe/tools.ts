import type { SecureContext } from 'node:tls';
import type { ConnectTo } from '../config/settings.ts';
import type { Limits } from '../model/limits.ts';
import type { Keep } from '../raw/keep.ts';
import type { Resolver } from './dns/question.ts';
import type { LoopWatch } from './loop-watch.ts';
import type { ChooseProxy, OtherClients } from './proxy.ts';

/** Shared by all probes of a cycle. */
export interface ProbeTools {
  readonly resolver: Resolver;
  readonly trust: SecureContext;
  readonly connectTo: readonly ConnectTo[];
  readonly chooseProxy: ChooseProxy;
  /** For commands that people paste: whether the environment names a proxy for other clients, and names without one. */
  readonly otherClients?: OtherClients;
  /** For commands that people paste: the path of the CAs beside the system's, and the variable that holds the key. */
  readonly caFile?: string;
  readonly keyVariable?: string;
  /** Names are looked up at servers of the configuration, not at the system's. */
  readonly hasOwnDns?: boolean;
  readonly limits: Limits;
  readonly apiKey: string | null;
  readonly userAgent: string;
  /** Hosts that a redirect may lead to. */
  readonly knownHosts: ReadonlySet<string>;
  readonly keep: Keep;
  readonly loop: LoopWatch;
  /** Unix time in milliseconds. */
  readonly now: () => number;
  /** End of the cycle, on the monotonic clock in milliseconds. */
  readonly cycleEndsAt: number;
  /** Ends the cycle early: whatever was not seen by then is inconclusive. */
  readonly stop: AbortSignal;
}

/** The host and port to connect to instead (like curl's --connect-to; the first entry that matches counts). */
export const rewire = (
  connectTo: readonly ConnectTo[],
  host: string,
  port: number,
): { readonly host: string; readonly port: number } => {
  const entry = rewiring(connectTo, host, port);
  return { host: entry?.toHost ?? host, port: entry?.toPort ?? port };
};

export const rewiring = (connectTo: readonly ConnectTo[], host: string, port: number): ConnectTo | undefined =>
  connectTo.find(
    ({ fromHost, fromPort }) =>
      (fromHost === null || fromHost.toLowerCase() === host.toLowerCase()) && (fromPort === null || fromPort === port),
  );
