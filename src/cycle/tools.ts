import { createRedactor } from '../config/redact.ts';
import type { Settings } from '../config/settings.ts';
import type { Target } from '../model/target.ts';
import { keyVariableOf } from '../probe/asked.ts';
import { createTrust } from '../probe/handshake.ts';
import { LoopWatch } from '../probe/loop-watch.ts';
import { otherClientsIn, proxiesFrom } from '../probe/proxy.ts';
import { createResolver } from '../probe/resolve.ts';
import type { ProbeTools } from '../probe/tools.ts';
import { createKeep } from '../raw/keep.ts';
import { prober } from '../version.ts';

export interface ToolsInput {
  readonly settings: Settings;
  readonly apiKey: string | null;
  /** Milliseconds from `began` until everything must have ended. */
  readonly deadlineMs: number;
  /** Ends everything at once. */
  readonly stop?: AbortSignal;
}

const never = new AbortController().signal;

const hostOf = (target: Target): readonly string[] =>
  target.kind === 'http' ? [new URL(target.url).hostname.replace(/\.$/, '')] : [];

/** @param began on the monotonic clock in milliseconds */
export const createTools = ({ settings, apiKey, deadlineMs, stop = never }: ToolsInput, began: number): ProbeTools => ({
  resolver: createResolver(settings.network.dnsServers, settings.limits),
  trust: createTrust(settings.network.extraCa),
  connectTo: settings.network.connectTo,
  chooseProxy: proxiesFrom(settings.network.proxy, process.env),
  otherClients: otherClientsIn(process.env),
  ...(settings.network.caFile === undefined ? {} : { caFile: settings.network.caFile }),
  keyVariable: keyVariableOf(settings),
  hasOwnDns: settings.network.dnsServers !== null,
  limits: settings.limits,
  apiKey,
  userAgent: `${prober.name}/${prober.version} (synthetic monitoring; ${settings.environment})`,
  knownHosts: new Set([...Object.values(settings.hosts), ...settings.targets.flatMap(hostOf)]),
  keep: createKeep(createRedactor(apiKey === null ? [] : [apiKey])),
  loop: new LoopWatch(),
  now: Date.now,
  cycleEndsAt: began + deadlineMs,
  stop,
});
