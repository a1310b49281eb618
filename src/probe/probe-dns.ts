import type { Attempted } from '../platform/observation.ts';
import type { DnsTarget } from '../platform/target.ts';
import { Attempt } from './attempt.ts';
import { observe } from './evidence.ts';
import { lookUpChain, noAddress, resolveName } from './resolve.ts';
import type { ProbeTools } from './tools.ts';
import { rewire } from './tools.ts';

/** One attempt of a name: its addresses, and the chain of names to them. */
export const probeDns = (target: DnsTarget, tools: ProbeTools): Promise<Attempted> => {
  const attempt = new Attempt(target.timeoutMs, tools.cycleEndsAt, tools.stop);
  return observe(target, attempt, tools, async (gathered) => {
    const { resolver, limits } = tools;
    const { host } = rewire(tools.connectTo, target.name, 443);
    const resolution = await attempt.phase('resolve', limits.resolveMs, () => resolveName(resolver, host, limits));
    gathered.resolution = resolution;
    const chain = await attempt.phase('resolve', limits.resolveMs, () => lookUpChain(resolver, host));
    gathered.resolution = { ...resolution, chain };
    return resolution.addresses.length === 0 ? noAddress(resolution) : null;
  });
};
