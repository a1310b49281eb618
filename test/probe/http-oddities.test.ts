import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { asking, healthy, length, ok, type Pieces } from '../support/raw-answers.ts';

const encoded = (name: string, body: Buffer): Pieces => [ok(`content-encoding: ${name}`, length(body)), body];

const harmless: Readonly<Record<string, Pieces>> = {
  'a "100 Continue" that was not asked for': ['HTTP/1.1 100 Continue\r\n\r\n', ok(length()), healthy],
  'a "100 Continue" in one packet with the answer': [`HTTP/1.1 100 Continue\r\n\r\n${ok(length())}${healthy}`],
  'a "100 Continue" with headers, cut anywhere': [
    ...(`HTTP/1.1 100 Continue\r\nserver: x\r\n\r\n${ok(length())}`.match(/[\s\S]{1,7}/g) ?? []),
    healthy,
  ],
  'early hints after a "100 Continue"': [
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n',
    `${ok(length())}${healthy}`,
  ],
  'one length sent twice': [ok(length(), length()), healthy],
  'one length three times in one header': [
    ok(`Content-Length: ${healthy.length}, ${healthy.length},${healthy.length}`),
    healthy,
  ],
  'a length beside chunks': [ok('content-length: 3', 'transfer-encoding: chunked'), `14\r\n${healthy}\r\n0\r\n\r\n`],
  'line feeds alone': [`HTTP/1.1 200 OK\n${length()}\n\n`, healthy],
  'line feeds alone, one byte at a time': [...`HTTP/1.1 200 OK\n${length()}\n\n`, healthy],
  'a folded header': [ok('server: a', '  b', length()), healthy],
  'a space before a colon': [ok('content-length : 20', 'server\t: x'), healthy],
  'blank lines before the status': [`\r\n\r\n${ok(length())}${healthy}`],
  'thousands of blank lines before the status': [`${'\r\n'.repeat(32_000)}${ok(length())}${healthy}`],
  'the status without a reason': [`HTTP/1.1 200\r\n${length()}\r\n\r\n${healthy}`],
  'HTTP/1.0 without a length': ['HTTP/1.0 200 OK\r\n\r\n', healthy],
  'deflate with its header': encoded('deflate', deflateSync(healthy)),
  'deflate without its header': encoded('deflate', deflateRawSync(healthy)),
  'gzip without its trailer': encoded('gzip', gzipSync(healthy).subarray(0, -8)),
  'gzip with half of its trailer': encoded('gzip', gzipSync(healthy).subarray(0, -4)),
  'brotli inside gzip': encoded('br, gzip', gzipSync(brotliCompressSync(healthy))),
  'an unknown encoding that encodes nothing': encoded('none', Buffer.from(healthy)),
  'the encoding "null"': encoded('null', Buffer.from(healthy)),
  'the encoding "utf-8"': encoded('UTF-8', Buffer.from(healthy)),
  'an empty encoding': encoded('', Buffer.from(healthy)),
  'a byte-order mark': [ok(`content-length: ${healthy.length + 3}`), Buffer.from(`\ufeff${healthy}`)],
};

describe('what curl and browsers take without a word is healthy', () => {
  it.each(Object.entries(harmless))('%s', async (_, pieces) => {
    const { outcome } = await asking(pieces);

    expect(outcome.evidence.summary).toBe('');
    expect(outcome.status).toBe('pass');
  });

  it.each(Object.entries(harmless).filter(([name]) => !name.includes('HTTP/1.0')))(
    '%s, on a connection that stays open',
    async (_, pieces) => {
      const { outcome } = await asking(pieces, {}, 'stays');

      expect(outcome.status).toBe('pass');
    },
  );
});

const wrong: Readonly<Record<string, { readonly pieces: Pieces; readonly mode: string }>> = {
  'two different lengths': {
    pieces: [ok('content-length: 20', 'content-length: 21'), healthy],
    mode: 'response-truncated',
  },
  'a head that ends early': { pieces: ['HTTP/1.1 200 OK\r\ncontent-le'], mode: 'response-truncated' },
  'another protocol': { pieces: ['SSH-2.0-OpenSSH_9.2\r\n'], mode: 'response-malformed' },
  'nine times "100 Continue"': {
    pieces: [`${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(9)}${ok(length())}${healthy}`],
    mode: 'response-malformed',
  },
  'thousands of "100 Continue"': {
    pieces: [`${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(2_600)}${ok(length())}${healthy}`],
    mode: 'response-malformed',
  },
  'a switch of protocols that names none': {
    pieces: ['HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\n\r\nhello'],
    mode: 'response-malformed',
  },
  'a body that its encoding does not explain': {
    pieces: encoded('gzip', Buffer.from(healthy)),
    mode: 'response-malformed',
  },
  'gzip that is cut before the end of its data': {
    pieces: encoded('gzip', gzipSync(healthy).subarray(0, -12)),
    mode: 'response-truncated',
  },
  'a head without an end': {
    pieces: [`HTTP/1.1 200 OK\r\n${`a: ${'b'.repeat(90)}\r\n`.repeat(2_000)}`],
    mode: 'response-too-large',
  },
};

it.each(Object.entries(wrong))('%s is a fault of its own kind', async (_, { pieces, mode }) => {
  const { outcome } = await asking(pieces);

  expect(outcome).toMatchObject({ status: 'fail', failureMode: mode });
});
