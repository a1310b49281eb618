import type { Attempted } from '../model/observation.ts';
import type { DnsTarget } from '../model/target.ts';
import { Attempt } from './attempt.ts';
import { observe } from './evidence.ts';
import { resolveHost } from './resolve.ts';
import type { ProbeTools } from './tools.ts';
import { rewire } from './tools.ts';

/** One attempt of a DNS target: a name's addresses, and the chain of names to them. */
export const probeDns = (target: DnsTarget, tools: ProbeTools): Promise<Attempted> => {
  const attempt = new Attempt(target.timeoutMs, tools.cycleEndsAt, tools.stop);
  return observe(target, attempt, tools, async (gathered) => {
    await resolveHost(rewire(tools.connectTo, target.name, 443).host, attempt, tools, gathered);
    return null;
  });
};
