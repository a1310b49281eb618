import type { Outcome } from '../../src/model/report.ts';
import { createResolver } from '../../src/probe/resolve.ts';
import { type Asked, framed, startNameServer } from '../support/name-server.ts';
import { dnsTarget, outcomeWith, toolsWith } from '../support/probing.ts';
import { endless, fuzzLimits, type Lane, type Protocol, patientLimits } from './harness.ts';
import type { Random } from './random.ts';

/** The answer with the query's id, and with its question where the question still has its length. */
const answering = (bytes: Buffer, { query, response }: Asked, random: Random): Buffer => {
  const answer = Buffer.from(bytes);
  if (answer.length >= 2 && random.chance(95)) answer.writeUInt16BE(query.id ?? 0);
  const asked = response();
  if (answer.length >= asked.length && random.chance(90)) asked.copy(answer, 12, 12);
  return answer;
};

/** A corpus file starts with two bytes for the id. Its question is for host.test. */
const openLane = async (): Promise<Lane> => {
  let send: (asked: Asked) => void = () => undefined;
  const server = await startNameServer((asked) => send(asked));
  const tools = toolsWith({ ...endless, resolver: createResolver([server.at], fuzzLimits), limits: fuzzLimits });
  const probe = (bytes: Buffer, random: Random): Promise<Outcome> => {
    const times = random.pick([1, 1, 1, 2, 12]);
    send = (asked) => {
      const answer = answering(bytes, asked, random);
      if (asked.protocol === 'tcp' && random.chance(30)) return asked.write(answer);
      // A datagram has at most 65,507 bytes, a message over TCP 65,535.
      const whole = answer.subarray(0, 65_507);
      for (let left = times; left > 0; left -= 1) asked.write(asked.protocol === 'tcp' ? framed(whole) : whole);
    };
    return outcomeWith(
      dnsTarget({ timeoutMs: fuzzLimits.totalMs, balancer: random.pick([null, '.elb.amazonaws.com']) }),
      tools,
    );
  };
  return { probe, close: server.close };
};

const openNeighbour = async (): Promise<Lane> => {
  const server = await startNameServer((asked) =>
    asked.send(asked.type === 'A' ? asked.addresses('127.0.0.1') : asked.addresses()),
  );
  const tools = toolsWith({ ...endless, resolver: createResolver([server.at], patientLimits), limits: patientLimits });
  return { probe: () => outcomeWith(dnsTarget({ timeoutMs: patientLimits.totalMs }), tools), close: server.close };
};

export const dns: Protocol = {
  words: [
    '\u00c0\u000c',
    '\u0000\u0001\u0000\u0001',
    '\u0000\u001c\u0000\u0001',
    '\u0000\u0005\u0000\u0001',
    '\u0000\u0006\u0000\u0001',
    '\u0000\u0000\u0029\u0004\u00d0',
    '\u0004host\u0004test\u0000',
    '\u003f',
    '\u0000\u000f\u0000\u0006\u0000\u0009',
    '\u0000\u0000\u0000\u003c\u0000\u0004\u007f\u0000\u0000\u0001',
  ],
  openLane,
  openNeighbour,
};
