import { chmod, cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../cache.ts';
import { go } from '../toolchain.ts';

const module = 'github.com/prometheus/blackbox_exporter';
export const blackboxVersion = 'v0.28.0';

/** Uses the benchmark's name server instead of the system's. Everything else is as released. */
const resolver = `package main

import (
	"context"
	"net"
	"os"
)

func init() {
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, os.Getenv("BENCH_DNS"))
	}}
}
`;

/** Builds blackbox_exporter from its Go module. Returns the path of the binary, which is cached. */
export const buildBlackbox = async (): Promise<string> => {
  const folder = await cached(`blackbox_exporter-${blackboxVersion}`);
  const binary = join(folder, 'blackbox_exporter');
  const built = await stat(binary).then(
    () => true,
    () => false,
  );
  if (built) return binary;
  console.error(`building blackbox_exporter ${blackboxVersion}, once: this takes minutes`);
  await writeFile(join(folder, 'go.mod'), 'module bench.invalid/peer\n\ngo 1.24\n');
  const { Dir } = JSON.parse(await go(['mod', 'download', '-json', `${module}@${blackboxVersion}`], folder)) as {
    readonly Dir: string;
  };
  const source = join(folder, 'source');
  await rm(source, { recursive: true, force: true });
  await cp(Dir, source, { recursive: true });
  const file = join(source, 'prober', 'utils.go');
  // The copies keep the modes of the module cache, which is read-only.
  await Promise.all([chmod(source, 0o755), chmod(file, 0o644)]);
  const code = await readFile(file, 'utf8');
  const changed = code.replace('resolver := &net.Resolver{}', 'resolver := net.DefaultResolver');
  if (changed === code) throw new Error(`${blackboxVersion} of blackbox_exporter makes its resolver elsewhere`);
  await writeFile(file, changed);
  await writeFile(join(source, 'bench_resolver.go'), resolver);
  await go(['build', '-o', binary, '.'], source);
  return binary;
};
