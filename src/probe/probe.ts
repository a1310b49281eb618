import { isIP } from 'node:net';
import './v8-flags.ts';
import type { Observation } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import { probeDns } from './probe-dns.ts';
import { probeHttp } from './probe-http.ts';
import { probeTls } from './probe-tls.ts';
import { type ProbeTools, rewire } from './tools.ts';

/** One attempt of a target. Never throws: a target's failure is data. */
export const probe = async (target: Target, tools: ProbeTools): Promise<Observation> => {
  if (tools.stop.aborted || tools.cycleEndsAt <= performance.now())
    return { kind: 'not-attempted', target: target.id, reason: 'deadline', detail: '' };
  switch (target.kind) {
    case 'http':
      return probeHttp(target, tools);
    case 'tls':
      return probeTls(target, tools);
    case 'dns': {
      const { host } = rewire(tools.connectTo, target.name, 443);
      return isIP(host) === 0
        ? probeDns(target, tools)
        : { kind: 'not-attempted', target: target.id, reason: 'not-resolved-here', detail: `${target.name} → ${host}` };
    }
  }
};
