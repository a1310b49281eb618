import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/model/report.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { startBlackhole } from '../../src/sandbox/network/blackhole.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { DnsServer } from '../../src/sandbox/network/dns-server.ts';
import type { ZoneEntry } from '../../src/sandbox/network/dns-zone.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { cli } from './cli.ts';
import { testKey } from './probing.ts';
import { refusingPort } from './refusing-port.ts';

export const controlHost = 'control.example.net';
const insideHost = 'mlflow.hokusai.local';
export const publicHosts: readonly string[] = Object.values(defaultHosts);
const allHosts: readonly string[] = [...publicHosts, controlHost, insideHost];

/** What listens on a port of all hosts; `drops`: connections get no answer; `closed`: nothing listens. */
type Listener = Server | 'drops' | 'closed';

/** What stands in for the platform: its names, and how its addresses behave. */
export interface Stage {
  /** Replaces the hosts' addresses, which are all on loopback. */
  readonly names?: Readonly<Record<string, ZoneEntry | 'gone'>>;
  readonly https: (trusted: Trusted) => Listener | Promise<Listener>;
  readonly http: () => Listener;
  /** MLflow's port 5000 inside the platform's own network; absent: nothing listens. */
  readonly inside?: () => Listener;
}

interface Trusted {
  readonly authority: Authority;
  /** The certificate of all hosts. */
  readonly certificate: Certificate;
}

export interface Check {
  /** Ids or hosts of targets; empty: all, and the flow. */
  readonly targets: readonly string[];
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly flags?: readonly string[];
  /** Absent: the command line in an ordinary process. */
  readonly run?: typeof cli;
}

export interface Checked {
  readonly exitCode: number | null;
  readonly report: Report;
}

let trusted: Promise<Trusted> | null = null;

const trust = async (): Promise<Trusted> => {
  const authority = await Authority.create();
  return { authority, certificate: await authority.issue({ names: allHosts }) };
};

/** Short where the other side is silent, long where it answers on a busy machine. */
const limits = {
  resolveMs: 900,
  connectMs: 900,
  tlsMs: 900,
  transferMs: 900,
  totalMs: 4_000,
  decisiveMs: 4_000,
  confirmPauseMs: 0,
  cleanupReserveMs: 2_000,
  slowMs: 3_900,
  bodyBytes: 128 * 1024,
};

/** Checks the stage with the shipped command line, and returns the report that it prints. */
export const checkOn = async (
  stage: Stage,
  { targets, configuration = {}, flags = [], run }: Check,
): Promise<Checked> => {
  trusted ??= trust();
  const running: (() => Promise<void>)[] = [];
  const stand = async (listener: Listener): Promise<number> => {
    if (listener === 'closed' || listener === 'drops') {
      const taken = await (listener === 'closed' ? refusingPort() : startBlackhole('127.0.0.1', 0));
      running.push(() => taken.close());
      return taken.port;
    }
    running.push(() => closeServer(listener));
    return listen(listener, 0, '127.0.0.1');
  };
  const folder = await mkdtemp(join(tmpdir(), 'hokusai-stage-'));
  const dns = await DnsServer.start();
  running.push(
    () => dns.close(),
    () => rm(folder, { recursive: true, force: true }),
  );
  try {
    const { authority } = await trusted;
    for (const name of allHosts) dns.set(name, { kind: 'addresses', addresses: ['127.0.0.1'] });
    for (const [name, entry] of Object.entries(stage.names ?? {})) {
      if (entry === 'gone') dns.remove(name);
      else dns.set(name, entry);
    }
    const ports = {
      443: await stand(await stage.https(await trusted)),
      80: await stand(stage.http()),
      5000: await stand(stage.inside?.() ?? 'closed'),
    };
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, authority.rootPem);
    const file = join(folder, 'synthetics.json');
    await writeFile(
      file,
      JSON.stringify({
        ...configuration,
        network: {
          dnsServers: [`127.0.0.1:${dns.port}`],
          connectTo: Object.entries(ports).map(([from, to]) => `:${from}::${to}`),
          caFile,
        },
        limits: { ...limits, ...(configuration['limits'] as object | undefined) },
      }),
    );
    const chosen = targets.flatMap((target) => ['--target', target]);
    return await checkWith(['--config', file, ...chosen, ...flags], run);
  } finally {
    await Promise.all(running.map((stop) => stop()));
  }
};

/** One check by the shipped command line. @throws with its output if it prints no report */
export const checkWith = async (args: readonly string[], run = cli): Promise<Checked> => {
  const { exitCode, stdout, stderr } = await run(['check', '--format', 'json', ...args], { HOKUSAI_API_KEY: testKey });
  if (!stdout.startsWith('{')) throw new Error(`exit ${exitCode}: ${stderr}`);
  return { exitCode, report: JSON.parse(stdout) as Report };
};

export const overTls = ({ chain, key }: Certificate, answer: RequestListener): Server =>
  createHttpsServer({ cert: chain, key }, answer).on('tlsClientError', () => undefined);

export const plainly = (answer: RequestListener): Server => createHttpServer(answer);

/** Port 80 of a healthy platform. */
export const redirecting: RequestListener = ({ headers: { host }, url }, response) => {
  response.writeHead(301, { location: `https://${host}${url}`, server: 'awselb/2.0', 'content-length': 0 }).end();
};
