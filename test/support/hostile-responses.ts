import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Rogue } from '../../src/sandbox/network/rogues.ts';
import { adversariesOf } from '../patterns/adversaries.ts';
import { findPatterns } from '../patterns/literals.ts';

const KiB = 1024;

/** Close to the maximum size of a body. */
const large = 250 * KiB;

const onRequest =
  (response: (request: string) => readonly (string | Buffer)[]): Rogue =>
  (socket) => {
    socket.once('data', (request) => {
      for (const part of response(request.toString('latin1'))) socket.write(part);
      socket.end();
    });
  };

const head = (status: string, headers: readonly string[]): string =>
  `HTTP/1.1 ${status}\r\n${headers.map((header) => `${header}\r\n`).join('')}connection: close\r\n\r\n`;

/** A response with a status, a type, and an unaltered body. */
const body = (status: string, type: string, content: string | Buffer): Rogue =>
  onRequest(() => [head(status, [`content-type: ${type}`, `content-length: ${Buffer.byteLength(content)}`]), content]);

const json = (status: string, content: string): Rogue => body(status, 'application/json', content);
const page = (content: string): Rogue => body('503 Service Unavailable', 'text/html', content);

const headers = (status: string, lines: readonly string[]): Rogue =>
  onRequest(() => [head(status, [...lines, 'content-length: 2']), '{}']);

const failed = '500 Internal Server Error';

/**
 * For each regular expression that inspects responses, a text that is expensive for it: its longest run, started again
 * and again.
 */
const hardTexts: readonly string[] = findPatterns()
  .literals.filter(({ name }) => name.startsWith('classify/'))
  .flatMap(({ source, flags }) => adversariesOf(source, flags, 64 * KiB).slice(0, 3));

let hardText = 0;

/**
 * Responses that are valid HTTP within every byte limit, designed to cost the prober time, memory, stack or its
 * terminal. Responses that violate HTTP are in src/sandbox/network/rogues.ts.
 */
export const hostileResponses = {
  'arrays in arrays, 10 KB': json(failed, '['.repeat(5_000) + ']'.repeat(5_000)),
  'arrays in arrays, 250 KB, with 200': json('200 OK', '['.repeat(large / 2) + ']'.repeat(large / 2)),
  'objects in objects': json(failed, `${'{"detail":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  'a health answer that is deep': json(
    '200 OK',
    `{"status":"down","checks":${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}}`,
  ),
  'objects without an end': json(failed, '{"status":'.repeat(20_000)),
  'a hundred thousand values': json('200 OK', `{"status":"down","x":[${'{},'.repeat(80_000)}{}]}`),
  'many names': json(failed, `{${Array.from({ length: 20_000 }, (_, n) => `"k${n}":1`).join()}}`),
  'names that every object inherits': json(
    '200 OK',
    '{"__proto__":{"status":"healthy"},"constructor":{"prototype":1},"status":"down"}',
  ),
  'one name twenty thousand times': json('200 OK', `{${Array(14_000).fill('"status":"down"').join()}}`),
  'numbers beyond all bounds': json('200 OK', `{"status":1e999,"version":${'9'.repeat(100_000)}}`),
  'half characters and NULs': json(
    '200 OK',
    '{"status":"down","\\ud800":{"status":"\\u0000down"},"version":"\\udfff"}',
  ),
  'words that are hard for every expression': onRequest(() => {
    const text = hardTexts[hardText++ % hardTexts.length] ?? '';
    return [
      head('503 Service Unavailable', ['content-type: text/html', `content-length: ${Buffer.byteLength(text)}`]),
      text,
    ];
  }),
  'auth, 60 thousand times': page('auth'.repeat(60_000)),
  'a service that is not to be had, again and again': page('unavailable: cannot auth service '.repeat(8_000)),
  'beginnings of tags': page('<'.repeat(large)),
  'styles without an end': page('<style>'.repeat(35_000)),
  'input fields without an end': body('200 OK', 'text/html', '<input '.repeat(35_000)),
  spaces: page(' '.repeat(large)),
  'statements of a database': page('LINE 1 [SQL SELECT FROM '.repeat(10_000)),
  'no text in any encoding': body(failed, 'text/plain; charset=utf-8', Buffer.alloc(large, 0xfe)),
  'escape sequences': body(
    failed,
    'text/plain',
    `${'\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e'.repeat(5_000)}\r\n::error::owned`,
  ),
  'a key of somebody’s, in many forms': body(
    failed,
    'text/plain',
    'hk_test_0123456789abcdef %68%6b%5f Bearer \\u0068k_ '.repeat(4_000),
  ),
  'one long header': headers('401 Unauthorized', [`server: ${'uvicorn '.repeat(7_000)}`]),
  'a realm without an end': headers('401 Unauthorized', [`www-authenticate: Basic realm="${'realm="'.repeat(8_000)}`]),
  'thousands of headers': headers(
    failed,
    Array.from({ length: 6_000 }, (_, n) => `x${n.toString(36)}: y`),
  ),
  'thousands of cookies': headers(
    failed,
    Array.from({ length: 2_000 }, (_, n) => `set-cookie: c${n}=${'v'.repeat(8)}`),
  ),
  'headers that steer a terminal': headers(failed, [
    'server: \u001b[2J\u0085owned',
    'x-__proto__: 1',
    '__proto__: 2',
    'constructor: 3',
  ]),
  'a way that never ends': headers('302 Found', [`location: https://host.test/${'a/../'.repeat(11_000)}`]),
  'gzip in gzip': onRequest(() => {
    const inner = gzipSync(gzipSync(Buffer.alloc(large, 'auth')));
    return [head(failed, ['content-encoding: gzip, gzip', `content-length: ${inner.length}`]), inner];
  }),
  'brotli that unfolds to all that is allowed': onRequest(() => {
    const inner = brotliCompressSync(Buffer.alloc(large, '[{"'));
    return [head(failed, ['content-encoding: br', `content-length: ${inner.length}`]), inner];
  }),
  'a chunk for each byte': onRequest(() => [
    head(failed, ['transfer-encoding: chunked']),
    '1\r\n[\r\n'.repeat(60_000),
    '0\r\n\r\n',
  ]),
} as const satisfies Readonly<Record<string, Rogue>>;
