import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OtherPlatform } from './platform.ts';

interface Question {
  readonly at: keyof OtherPlatform['balancers'];
  readonly host: string;
  readonly path: string;
  readonly status: number;
  readonly keyed?: boolean;
}

/** Asked often enough to reach each API task and each of MLflow's database connections. */
const proxied: Question = {
  at: 'registry',
  host: 'registry.hokus.ai',
  path: '/api/mlflow/api/2.0/mlflow/experiments/search?max_results=1',
  status: 200,
  keyed: true,
};

const questions: readonly Question[] = [
  ...Array.from({ length: 6 }, () => proxied),
  { ...proxied, status: 401, keyed: false },
  { ...proxied, path: '/api/health' },
  { ...proxied, path: '/api/health' },
  { at: 'registry', host: 'registry.hokus.ai', path: '/mlflow/', status: 200 },
  { at: 'mlflow', host: 'mlflow.hokus.ai', path: '/mlflow/health', status: 200 },
  { at: 'main', host: 'api.hokus.ai', path: '/api/v1/health', status: 200 },
  { at: 'main', host: 'platform.hokus.ai', path: '/', status: 200 },
  { at: 'main', host: 'auth.hokus.ai', path: '/api/validate', status: 200, keyed: true },
];

const limitMs = 180_000;

/** Waits until every part works again. @throws with what does not, if it takes too long. */
export const untilWell = async (platform: OtherPlatform): Promise<void> => {
  const ca = await readFile(platform.authority.file);
  const deadline = performance.now() + limitMs;
  for (;;) {
    const trouble = await firstTrouble(platform, ca);
    if (trouble === null) return;
    if (performance.now() > deadline) throw new Error(`the platform was not mended: ${trouble}`);
    await sleep(100);
  }
};

const firstTrouble = async (platform: OtherPlatform, ca: Buffer): Promise<string | null> => {
  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${platform.names.port}`]);
  for (const name of ['registry.hokus.ai', 'auth.hokus.ai', 'mlflow.hokus.ai', 'mlflow.hokusai.local']) {
    const found = await resolver.resolve4(name).catch(() => []);
    if (found.length === 0) return `${name} does not resolve`;
  }
  for (const question of questions) {
    const status = await ask(platform, ca, question).catch((error: Error) => error.message);
    if (status !== question.status) return `${question.host}${question.path}: ${status}, not ${question.status}`;
  }
  return null;
};

const ask = (
  { balancers, keys }: OtherPlatform,
  ca: Buffer,
  { at, host, path, keyed = false }: Question,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const { address, ports } = balancers[at];
    const asked = request({
      ...{ host: address, port: ports.https, servername: host, path, ca, agent: false, timeout: 5_000 },
      headers: { host, ...(keyed ? { authorization: `Bearer ${keys.key}` } : {}) },
    });
    asked.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
    asked.end();
  });
