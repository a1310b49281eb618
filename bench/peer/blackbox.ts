import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { stringify } from 'yaml';
import { freePort } from '../../src/sandbox/network/sockets.ts';
import { cached } from '../cache.ts';
import { end } from '../child.ts';
import { onOneCore } from '../probers/one-core.ts';
import type { Measured, Prober, ProberKind, Wave } from '../probers/prober.ts';
import { nameOf, type Target } from '../target/target.ts';
import { readMetrics } from './blackbox-metrics.ts';
import { blackboxVersion, buildBlackbox } from './build-blackbox.ts';
import { cpuMsOf, peakMbOf } from './process-usage.ts';

/** blackbox_exporter as Prometheus would use it: a probe is one scrape of /probe. */
export const blackbox: ProberKind = {
  name: `blackbox_exporter ${blackboxVersion.slice(1)}`,
  hasFirstCycle: false,
  start: async (target, oneCore = false) => {
    const port = await freePort('127.0.0.1');
    const settings = [
      `--config.file=${await writeConfiguration(target)}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ];
    const binary = await buildBlackbox();
    const [command, arguments_] = oneCore ? onOneCore(binary, settings) : [binary, settings];
    const child = spawn(command, [...arguments_], {
      env: { ...process.env, BENCH_DNS: `127.0.0.1:${target.ports.dns}` },
      // It logs each failing probe, and a body that is too large must fail.
      stdio: 'ignore',
    });
    const scraper = new Pool(`http://127.0.0.1:${port}`, { connections: null, pipelining: 1 });
    await untilReady(scraper);
    return proberOf(child.pid ?? 0, scraper, target, () => end(child));
  },
};

const proberOf = (pid: number, scraper: Pool, target: Target, close: () => Promise<void>): Prober => ({
  send: async (wave) => {
    const before = await cpuMsOf(pid);
    const began = performance.now();
    const texts = await Promise.all(
      Array.from({ length: wave.probes }, (_, index) => scrape(scraper, wave, index, target)),
    );
    const windowMs = performance.now() - began;
    return {
      windowMs,
      cpuMs: (await cpuMsOf(pid)) - before,
      measured: texts.map((text, index): Measured => readMetrics(nameOf(index), text)),
    };
  },
  peakMb: () => peakMbOf(pid),
  close: async () => {
    await scraper.destroy();
    await close();
  },
});

const scrape = async (scraper: Pool, { scheme, path }: Wave, index: number, { ports }: Target): Promise<string> => {
  const url = encodeURIComponent(`${scheme}://${nameOf(index)}:${ports[scheme]}${path}`);
  const { body } = await scraper.request({ method: 'GET', path: `/probe?module=healthy&target=${url}` });
  return body.text();
};

const untilReady = async (scraper: Pool): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      const { body } = await scraper.request({ method: 'GET', path: '/-/healthy' });
      await body.dump();
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await pause(50);
    }
  }
};

/** The same check as ours: the certificate against the same root, and the body's text. */
const writeConfiguration = async ({ caFile }: Target): Promise<string> => {
  const file = join(await cached('blackbox'), 'blackbox.yml');
  const http = {
    preferred_ip_protocol: 'ip4',
    tls_config: { ca_file: caFile },
    fail_if_body_not_matches_regexp: ['"status":"healthy"'],
  };
  await writeFile(file, stringify({ modules: { healthy: { prober: 'http', timeout: '12s', http } } }));
  return file;
};
