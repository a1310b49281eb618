import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { describeError, PhaseFailure } from './attempt.ts';

/** What we accept, and can read. */
export const acceptEncoding = 'gzip, deflate, br';

const decoders: Readonly<Record<string, (body: Buffer, limit: number) => Buffer>> = {
  identity: (body) => body,
  gzip: (body, maxOutputLength) => gunzipSync(body, { maxOutputLength }),
  'x-gzip': (body, maxOutputLength) => gunzipSync(body, { maxOutputLength }),
  deflate: (body, maxOutputLength) => inflateSync(body, { maxOutputLength }),
  br: (body, maxOutputLength) => brotliDecompressSync(body, { maxOutputLength }),
};

/** Encodings laid on top of each other that are undone; more are a server's joke. */
const layerLimit = 2;

/** The body with its encodings undone within `limit` bytes; zlib stops there, so that a bomb does not unfold. */
export const decodeBody = (body: Buffer, contentEncoding: string | undefined, limit: number): Buffer => {
  const encodings = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (encodings.length > layerLimit)
    throw new PhaseFailure('transfer', 'ENCODING_UNKNOWN', `${encodings.length} encodings in a row`);
  return encodings.reduceRight((bytes, name) => decodeOne(bytes, name, limit), body);
};

const decodeOne = (body: Buffer, name: string, limit: number): Buffer => {
  const decoder = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decoder === undefined) throw new PhaseFailure('transfer', 'ENCODING_UNKNOWN', `content-encoding ${name}`);
  // An answer without a body may still name an encoding.
  if (body.length === 0) return body;
  try {
    return decoder(body, limit);
  } catch (error) {
    const { code, detail } = describeError(error);
    throw code === 'ERR_BUFFER_TOO_LARGE'
      ? new PhaseFailure('transfer', 'LIMIT_DECOMPRESSED', `unfolds to more than ${limit} bytes`)
      : new PhaseFailure('transfer', code, `${name}: ${detail}`);
  }
};
