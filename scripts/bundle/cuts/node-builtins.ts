import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const namespace = 'node-builtin';

/**
 * `import … from 'node:http'` makes a namespace object and reads every export for it, also those behind getters that load
 * what nobody asked for: `http.WebSocket` loads Node's own copy of undici (30 ms), `crypto.webcrypto` the whole of Web
 * Crypto. Asked for as plain objects Node's modules load what is used: node:http then takes 4 ms.
 */
export const nodeBuiltins: Plugin = {
  name: 'cut namespaces of Node’s modules',
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path: path.replace(/^(node:)?/, 'node:'), namespace, sideEffects: false } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }));
  },
};
