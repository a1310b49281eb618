import type { Metafile } from 'esbuild';

export interface BundleSizes {
  /** Bytes of the entry and everything that it imports statically. */
  readonly entry: number;
  /** Bytes of all code. */
  readonly sum: number;
  /** Bytes per package or source folder, largest first. */
  readonly parts: readonly (readonly [name: string, bytes: number])[];
}

const isCode = (path: string): boolean => /\.m?js$/.test(path);

const partOf = (input: string): string =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? /^src\/[^/]+/.exec(input)?.[0] ?? 'the bundler';

/** How a bundle's size is made up. */
export const bundleSizes = ({ outputs }: Metafile): BundleSizes => {
  const code = Object.entries(outputs).filter(([path]) => isCode(path));
  const parts = new Map<string, number>();
  for (const [, { inputs }] of code) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      parts.set(partOf(input), (parts.get(partOf(input)) ?? 0) + bytesInOutput);
    }
  }

  const atOnce = new Set<string>();
  const visit = (path: string): void => {
    if (atOnce.has(path)) return;
    atOnce.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && next in outputs) visit(next);
    }
  };
  for (const [path, { entryPoint }] of code) {
    // Dynamically imported files are entry points too, so match the bundle's own by name.
    if (entryPoint !== undefined && /(^|\/)(index\.mjs|cli\.js)$/.test(path)) visit(path);
  }

  const bytes = (paths: Iterable<string>): number =>
    [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return {
    entry: bytes(atOnce),
    sum: bytes(code.map(([path]) => path)),
    parts: [...parts].sort(([, a], [, b]) => b - a),
  };
};
