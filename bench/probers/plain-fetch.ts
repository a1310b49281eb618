import { Resolver } from 'node:dns';
import { readFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { Agent, fetch } from 'undici';
import { nameOf } from '../target/target.ts';
import { answerWith, proberSettings } from './answering.ts';
import type { Measured, Wave } from './prober.ts';

const { ports, caFile } = proberSettings();
const ca = readFileSync(caFile, 'utf8');

// fetch's default, `dns.lookup`, supports only the system's name server and queues on four threads.
const resolver = new Resolver();
resolver.setServers([`127.0.0.1:${ports.dns}`]);
const lookup: LookupFunction = (name, _options, done) =>
  resolver.resolve4(name, (error, addresses) =>
    done(
      error,
      addresses?.map((address) => ({ address, family: 4 })),
    ),
  );

/** What a check with fetch measures: the total time from the call to the end of the body. */
const probe = async ({ scheme, path }: Wave, index: number, dispatcher: Agent): Promise<Measured> => {
  const name = nameOf(index);
  const began = performance.now();
  try {
    const response = await fetch(`${scheme}://${name}:${ports[scheme]}${path}`, { dispatcher });
    const body = await response.arrayBuffer();
    const passed = response.ok && body.byteLength > 0;
    return { name, passed, totalMs: performance.now() - began, phasesMs: null };
  } catch {
    return { name, passed: false, totalMs: performance.now() - began, phasesMs: null };
  }
};

answerWith(async (wave) => {
  const dispatcher = new Agent({ connect: { ca, lookup }, allowH2: false });
  try {
    return await Promise.all(Array.from({ length: wave.probes }, (_, index) => probe(wave, index, dispatcher)));
  } finally {
    await dispatcher.destroy();
  }
});
