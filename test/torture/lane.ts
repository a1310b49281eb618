import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { standardIds } from '../../src/config/schema/configuration.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { roleCredentials } from '../setup/lambda-function.ts';
import { type Asked, startNameServer } from '../support/name-server.ts';
import { testKey } from '../support/probing.ts';
import { Account, startAws } from './aws.ts';
import type { ClockFault, Ended, Invoke } from './function-thread.ts';
import { lateMs, Points } from './points.ts';
import { startProxy } from './proxy.ts';

/** What one invocation of the function led to. */
export interface Ran {
  readonly ended: Ended;
  readonly points: readonly string[];
  /** The function's log. */
  readonly log: string;
}

/** A built function in a thread, with everything that it asks. One invocation at a time. */
export interface Lane {
  readonly account: Account;
  readonly points: Points;
  /** Whether both targets answer as they should. At first one of them fails. */
  isHealthy: boolean;
  invoke(clock: ClockFault | null): Promise<Ran>;
  close(): Promise<void>;
}

/** Longer than all limits together, on the busiest machine. */
const timeoutMs = 60_000;

const limits = {
  ...{ resolveMs: 2_000, connectMs: 2_000, tlsMs: 2_000, transferMs: 2_000, totalMs: 6_000, decisiveMs: 6_000 },
  ...{ deadlineMs: 15_000, confirmPauseMs: 0, slowMs: 15_000 },
};

const answerName =
  (points: Points) =>
  async (asked: Asked): Promise<void> => {
    const action = points.arrive(`DNS: ${asked.type} of ${asked.name}`);
    if (action === 'hang') return;
    if (action === 'late') await new Promise((resolve) => setTimeout(resolve, lateMs));
    const answer =
      action === 'throw'
        ? asked.error('servfail')
        : asked.type === 'A'
          ? asked.addresses('127.0.0.1')
          : asked.addresses();
    asked.send(answer);
    if (action === 'twice') asked.send(answer);
  };

/** @param folder with the built function */
export const openLane = async (folder: string): Promise<Lane> => {
  const points = new Points();
  const account = new Account();
  const authority = await Authority.create();
  const { chain, key } = await authority.issue({ names: ['ok.test', 'fails.test'] });
  let lane: Lane;
  const platform = createServer({ cert: chain, key }, ({ headers }, response) => {
    response.writeHead(headers.host === 'fails.test' && !lane.isHealthy ? 500 : 200).end('{"status":"healthy"}');
  });
  const upstream = await listen(platform, 0, '127.0.0.1');
  const dns = await startNameServer((asked) => void answerName(points)(asked));
  const ok = await startProxy('ok', upstream, points);
  const fails = await startProxy('fails', upstream, points);
  const aws = await startAws(account, points);
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, authority.rootPem);
  const configuration = {
    environment: 'tortured',
    credentials: { allowedHosts: ['ok.test'] },
    registration: { enabled: false },
    incidents: { open: { failures: 1, of: 1 } },
    network: {
      dnsServers: [dns.at],
      connectTo: [`ok.test:443:ok.test:${ok.port}`, `fails.test:443:fails.test:${fails.port}`],
      caFile,
    },
    limits,
    targets: {
      ...Object.fromEntries(standardIds.map((id) => [id, { enabled: false }])),
      'my.ok': { url: 'https://ok.test/', auth: 'bearer' },
      'my.fails': { url: 'https://fails.test/' },
    },
  };
  const log: string[] = [];
  const worker = new Worker(new URL('./function-thread.ts', import.meta.url), {
    workerData: { file: pathToFileURL(join(folder, 'index.mjs')).href },
    stdout: true,
    stderr: true,
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      ...roleCredentials,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${aws.port}`,
      SYNTHETICS_CONFIG: JSON.stringify(configuration),
      SYNTHETICS_TOPIC_CRITICAL: 'arn:aws:sns:us-east-1:123456789012:people',
      SYNTHETICS_STATE_TABLE: 'state',
      HOKUSAI_API_KEY: testKey,
    },
  });
  for (const stream of [worker.stdout, worker.stderr]) stream.on('data', (text) => log.push(String(text)));
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  worker.on('error', broken.reject);
  worker.on('exit', () => broken.reject(new Error(`the function has ended: ${log.join('').slice(-1_000)}`)));
  const next = async (): Promise<unknown> => (await Promise.race([once(worker, 'message'), broken.promise]))[0];
  await next();
  lane = {
    isHealthy: false,
    account,
    points,
    invoke: async (clock) => {
      log.length = 0;
      worker.postMessage({ timeoutMs, clock } satisfies Invoke);
      const ended = (await next()) as Ended;
      return { ended, points: points.end(), log: log.join('') };
    },
    close: async () => {
      worker.removeAllListeners('exit');
      await worker.terminate();
      await dns.close();
      for (const { server } of [ok, fails, aws]) await closeServer(server);
      await closeServer(platform);
    },
  };
  return lane;
};
