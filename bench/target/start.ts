import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { cached } from '../cache.ts';
import { end, firstLine } from '../child.ts';
import { go, goVersion } from '../toolchain.ts';
import { injected, type Target, type TargetPorts, type TargetReport } from './target.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Starts the target in its own process: in Go if there is a toolchain, otherwise in Node. */
export const startTarget = async (): Promise<Target> => {
  const files = await writeCertificates();
  const delays = ['-dns', `${injected.resolve}ms`, '-tls', `${injected.tls}ms`];
  const bodyDelays = ['-first', `${injected.processing}ms`, '-body', `${injected.transfer}ms`];
  const settings = ['-cert', files.chain, '-key', files.key, ...delays, ...bodyDelays];
  const version = await goVersion();
  const child =
    version === null
      ? start(process.execPath, [join(folder, 'node-server.ts'), ...settings])
      : start(await build(), settings);
  const ports = JSON.parse(await firstLine(child, child.stdout)) as TargetPorts;
  return {
    language: version === null ? 'Node' : `Go (${version})`,
    ports,
    caFile: files.ca,
    report: async () => (await (await fetch(`http://127.0.0.1:${ports.report}/`)).json()) as TargetReport,
    close: () => end(child),
  };
};

const start = (
  command: string,
  settings: readonly string[],
): ChildProcess & { readonly stdout: NodeJS.ReadableStream } =>
  spawn(command, [...settings], { stdio: ['pipe', 'pipe', 'inherit'] });

const build = async (): Promise<string> => {
  const binary = join(await cached('target'), 'target');
  await go(['build', '-o', binary, '.'], folder);
  return binary;
};

/** ECDSA P-256: a leaf for every benchmark name, its intermediate, and the root that the probers trust. */
const writeCertificates = async (): Promise<{ readonly ca: string; readonly chain: string; readonly key: string }> => {
  const where = await cached('certificates');
  const files = { ca: join(where, 'ca.pem'), chain: join(where, 'chain.pem'), key: join(where, 'key.pem') };
  const authority = await Authority.create();
  const { chain, key } = await authority.issue({ names: ['*.bench.test'] });
  await Promise.all([
    writeFile(files.ca, authority.rootPem),
    writeFile(files.chain, chain),
    writeFile(files.key, key, { mode: 0o600 }),
  ]);
  return files;
};
