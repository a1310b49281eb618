import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const namespace = 'node-builtin';

/**
 * `import … from 'node:http'` makes a namespace object and reads every export for it, also those behind getters that load
 * what nobody asked for: `http.WebSocket` loads Node's own copy of undici (30 ms), `crypto.webcrypto` the whole of Web
 * Crypto. Asked for as plain objects Node's modules load what is used: node:http then takes 4 ms.
 *
 * `import('node:tls')` is left to Node. The bundler would put the plain object into a chunk of its own, and such a chunk
 * exports `default` alone: every named export would be undefined.
 */
export const nodeBuiltins: Plugin = {
  name: 'cut namespaces of Node’s modules',
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind }) => {
      if (!isBuiltin(path)) return undefined;
      const name = path.replace(/^(node:)?/, 'node:');
      return kind === 'dynamic-import' ? { path: name, external: true } : { path: name, namespace, sideEffects: false };
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }));
  },
};
