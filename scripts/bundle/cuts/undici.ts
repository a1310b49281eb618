import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/** Errors of undici's pools, proxies, redirects, retries and web sockets (3 KB). The client throws none of them. */
const otherErrors =
  '(?:BalancedPoolMissingUpstream|InvalidReturnValue|MaxOriginsReached|MaxRedirects|MessageSizeExceeded|ProxyConnection|RequestRetry|Response|SecureProxyConnection|Socks5Proxy)Error';

/**
 * The probe speaks HTTP/1.1 through undici's client, with text or byte bodies. It never uses
 * - HTTP/2 (always `allowH2: false`),
 * - fetch's bodies and forms, which the client loads for fetch's own body types,
 * - undici's connector: it is given a connection,
 * - diagnostics channels: nothing in the process subscribes,
 * - llhttp without SIMD: Node 24 has SIMD on every machine that Lambda offers (x86-64 and arm64).
 * undici's own bundling switch `esbuildDetection` removes the experimental parser (milo, 150 KB): see `undiciDefines`.
 */
export const undici: Plugin = cutting('undici', [
  {
    files: /undici\/lib\/dispatcher\/client-h2\.js$/,
    replace: () => `module.exports = () => { throw new Error('HTTP/2 is not in this bundle') }`,
  },
  {
    files: /undici\/lib\/core\/connect\.js$/,
    replace: () => `module.exports = () => { throw new Error('undici’s own connector is not in this bundle') }`,
  },
  {
    files: /undici\/lib\/core\/errors\.js$/,
    replace: (text) =>
      text
        .replace(new RegExp(`^(?:const k\\w+ = .*\\n)?class ${otherErrors} [^]*?^}\\n`, 'gm'), '')
        .replace(new RegExp(`^  ${otherErrors},?\\n`, 'gm'), ''),
  },
  {
    files: /undici\/lib\/core\/diagnostics\.js$/,
    replace: () => 'exports.channels = new Proxy({}, { get: () => ({ hasSubscribers: false }) })',
  },
  {
    files: /undici\/lib\/web\/fetch\/body\.js$/,
    replace: () => `exports.extractBody = () => { throw new Error('bodies of fetch are not in this bundle') }`,
  },
  {
    files: /undici\/lib\/web\/fetch\/formdata\.js$/,
    replace: () => '',
  },
  {
    files: /undici\/lib\/web\/webidl\/index\.js$/,
    replace: () => 'exports.webidl = { is: { FormData: () => false } }',
  },
  {
    // Tables of every method, header and status. The client reads these two.
    files: /undici\/lib\/llhttp\/constants\.js$/,
    replace: (text) => text.match(/^exports\.(ERROR|TYPE) = \{[^}]*\};/gm)?.join('\n') ?? text,
  },
  {
    // The parser's WebAssembly, compressed: 20 KB instead of 72, for one millisecond of load time.
    files: /undici\/lib\/llhttp\/llhttp_simd-wasm\.js$/,
    replace: (text) =>
      text
        .replace(
          /'[A-Za-z0-9+/=]{1000,}'/,
          (code) => `'${brotliCompressSync(Buffer.from(code, 'base64')).toString('base64')}'`,
        )
        .replace("Buffer.from(wasmBase64, 'base64')", "require('node:zlib').brotliDecompressSync($&)"),
  },
  {
    files: /undici\/lib\/llhttp\/llhttp-wasm\.js$/,
    replace: () =>
      `Object.defineProperty(module, 'exports', { get() { throw new Error('this processor has no SIMD') } })`,
  },
]);

export const undiciDefines: Readonly<Record<string, string>> = {
  esbuildDetection: 'true',
  // Under Jest undici uses the parser build without SIMD.
  'process.env.JEST_WORKER_ID': 'undefined',
};
