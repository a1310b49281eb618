import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { canaries } from '../fuzz/invariants.ts';
import { asking, healthy, length, ok, type Pieces } from '../support/raw-answers.ts';

const line = (status: string): Pieces => [`${status}\r\n${length()}\r\n\r\n`, healthy];
const header = (...lines: readonly string[]): Pieces => [ok(...lines, length()), healthy];
const chunked = ok('transfer-encoding: chunked');
const chunks = (extension: string, trailers = ''): Pieces => [
  chunked,
  `14${extension}\r\n${healthy}\r\n0${extension}\r\n${trailers}\r\n`,
];
const typed = (type: string, body: string | Buffer): Pieces => [ok(`content-type: ${type}`), body];
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** curl and Python’s requests take these. */
const taken: Readonly<Record<string, Pieces>> = {
  'chunk extensions': chunks(';a=b;c="d e"'),
  'spaces around a chunk extension': chunks(' ; a = b'),
  'spaces behind the size of a chunk': chunks('  \t'),
  'zeros before the size of a chunk': [chunked, `${'0'.repeat(30)}14\r\n${healthy}\r\n0\r\n\r\n`],
  trailers: chunks('', 'x-sum: 1\r\n'),
  'a length among the trailers': chunks('', 'content-length: 3\r\n'),
  'chunks cut anywhere': [chunked, ...`14;a=b\r\n${healthy}\r\n0\r\nx: 1\r\n\r\n`],
  'a transfer encoding "identity"': header('transfer-encoding: identity'),
  'a transfer encoding without a name': header('transfer-encoding:'),
  'a comma behind "chunked"': [ok('transfer-encoding: chunked,'), `14\r\n${healthy}\r\n0\r\n\r\n`],
  'tabs around "chunked"': [ok('transfer-encoding:\tchunked\t'), `14\r\n${healthy}\r\n0\r\n\r\n`],
  'a plus before the length': [ok('content-length: +20'), healthy],
  'a tab behind the length': [ok('content-length: 20\t '), healthy],
  'one length in two forms': [ok('content-length: 20', 'content-length: 020'), healthy],
  'two spaces before the status': line('HTTP/1.1  200 OK'),
  'a tab behind the status': line('HTTP/1.1 200\tOK'),
  'a reason with control characters': line('HTTP/1.1 200 \x01\x1b[0mK'),
  'a header without a name': header(': value'),
  'a header name with a space': header('my header: value'),
  'a header name with punctuation': header('x/(y)@"z": value'),
  'a header name outside ASCII': header('x-\xfc: value'),
  'control characters in a header': header('x: \x1b[31m\x01\x08\x7f'),
  'a carriage return in a header': header('x: a\rb'),
  'two carriage returns at the end of a line': [`HTTP/1.1 200 OK\r\r\n${length()}\r\r\n\r\n`, healthy],
  zstd: [ok('content-encoding: zstd'), zstdCompressSync(healthy)],
  'three encodings': [ok('content-encoding: gzip, gzip, gzip'), gzipSync(gzipSync(gzipSync(healthy)))],
  'UTF-16, named by the charset': typed('application/json; charset=utf-16', Buffer.from(`\ufeff${healthy}`, 'utf16le')),
  'UTF-16 without a mark': typed('application/json; charset="UTF-16LE"', Buffer.from(healthy, 'utf16le')),
  'UTF-16 with a mark alone': typed('application/json', bigEndian(`\ufeff${healthy}`)),
  'an unknown charset': typed('application/json; charset=none', healthy),
  'NaN, as Python writes it': typed(
    'application/json',
    '{"note":"NaN \\" Infinity","a":NaN,"b":[-Infinity,Infinity],"status":"healthy"}',
  ),
};

it.each(Object.entries(taken))('%s: healthy, because clients take it without a word', async (_, pieces) => {
  const { outcome } = await asking(pieces);

  expect(outcome.evidence.summary).toBe('');
  expect(outcome.status).toBe('pass');
});

/** Some of curl, Chromium and Python’s requests refuse these, and the others take them. */
const disputed: readonly (readonly [words: string, Pieces])[] = [
  ['an unusual status line', line('HTTP/1.2 200 OK')],
  ['an unusual status line', line('http/1.1 200 OK')],
  ['an unusual status line', line('HTTP/1.1\t200 OK')],
  ['an unusual status line', line(' HTTP/1.1 200 OK')],
  ['an unusual status line', line('HTTP/1.1 200OK')],
  ['a header line without a colon', header('garbage')],
  ['a NUL byte in a header', header('server: a\0b')],
  ['a NUL byte in a header', header('content-encoding: \0')],
  ['a folded line without a header', [`HTTP/1.1 200 OK\r\n folded\r\n${length()}\r\n\r\n`, healthy]],
  ['a content-length that is not a number', [ok('content-length: two'), healthy]],
  ['a content-length that is not a number', [ok('content-length: -1'), healthy]],
  ['a content-length that is not a number', [ok('content-length: "20"'), healthy]],
  ['a content-length that is not a number', [ok('content-length: 20;x'), healthy]],
  ['a content-length that is not a number', [ok('content-length:'), healthy]],
  ['chunks with line feeds alone', [chunked, `14\n${healthy}\n0\n\n`]],
  ['chunks without their end', [chunked, `14\r\n${healthy}\r\n0\r\n`]],
  ['the transfer encoding gzip', [ok('transfer-encoding: gzip'), gzipSync(healthy)]],
];

it.each(disputed)('%s: degraded, because clients disagree (%#)', async (words, pieces) => {
  const { outcome } = await asking(pieces);

  expect(outcome).toMatchObject({ status: 'degraded', failureMode: 'response-malformed' });
  expect(outcome.evidence.summary).toBe(`200 by the application: not every client reads this response: ${words}`);
});

it('an encoding under chunks is undone, and named', async () => {
  const body = gzipSync(healthy);
  const size = `${body.length.toString(16)}\r\n`;
  const { outcome } = await asking([ok('transfer-encoding: gzip, chunked'), size, body, '\r\n0\r\n\r\n']);

  expect(outcome.status).toBe('degraded');
  expect(outcome.evidence.summary).toContain('the transfer encoding gzip');
});

it.each(canaries)('a key in the name of a transfer encoding is not shown: %s', async (key) => {
  const expected = { status: [200], body: { kind: 'any' } } as const;
  const head = `HTTP/1.1 200 OK\r\ntransfer-encoding: x${key}y\r\n\r\n`;
  const { outcome } = await asking([head], { method: 'HEAD', expect: expected }, 'stays');

  expect(outcome.evidence.summary).toContain('a transfer encoding that is not known');
  expect(JSON.stringify(outcome).toLowerCase()).not.toContain(key.toLowerCase());
});

describe('a response without a body', () => {
  it.each([
    ['HEAD', 200, 'content-length: 20'],
    ['HEAD', 200, 'transfer-encoding: chunked'],
    ['HEAD', 200, 'content-encoding: gzip'],
    ['GET', 204, 'content-length: 5'],
    ['GET', 204, 'transfer-encoding: chunked'],
    ['GET', 304, 'content-length: 20'],
    ['GET', 304, 'transfer-encoding: chunked'],
  ] as const)('%s %d does not wait for what %s announces', async (method, status, announced) => {
    const expected = { status: [status], body: { kind: 'any' } } as const;
    const head = `HTTP/1.1 ${status} X\r\n${announced}\r\n\r\n`;
    const { outcome } = await asking([head], { method, expect: expected }, 'stays');

    expect(outcome.status).toBe('pass');
  });
});

it.each([
  ['a size that is no number', `xyz\r\n${healthy}\r\n0\r\n\r\n`],
  ['a chunk longer than its size', `13\r\n${healthy}\r\n0\r\n\r\n`],
  ['a size without an end', '1'.repeat(40_000)],
  ['trailers without an end', `14\r\n${healthy}\r\n0\r\n${'a: b\r\n'.repeat(20_000)}`],
  ['a size beyond all limits', `${'f'.repeat(12)}\r\n${healthy}\r\n0\r\n\r\n`],
])('chunks with %s are no response', async (_, body) => {
  const { outcome } = await asking([chunked, body]);

  expect(outcome).toMatchObject({ status: 'fail', failureMode: expect.stringMatching(/^response-/) });
});
