import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { phrase, type Raw } from '../raw/raw.ts';
import { describeError, PhaseFailure } from './attempt.ts';

/** What we accept, and can read. */
export const acceptEncoding = 'gzip, deflate, br';

const decoders = {
  identity: (body) => body,
  gzip: (body, maxOutputLength) => gunzipSync(body, { maxOutputLength }),
  'x-gzip': (body, maxOutputLength) => gunzipSync(body, { maxOutputLength }),
  deflate: (body, maxOutputLength) => inflateSync(body, { maxOutputLength }),
  br: (body, maxOutputLength) => brotliDecompressSync(body, { maxOutputLength }),
} as const satisfies Readonly<Record<string, (body: Buffer, limit: number) => Buffer>>;
type Encoding = keyof typeof decoders;
const encodings = Object.keys(decoders) as readonly Encoding[];

/** Encodings laid on top of each other that are undone; more are a server's joke. */
const layerLimit = 2;

/** The body with its encodings undone within `limit` bytes; zlib stops there, so that a bomb does not unfold. */
export const decodeBody = (body: Buffer, contentEncoding: Raw | undefined, limit: number): Buffer => {
  const layers = (contentEncoding?.split(',') ?? []).map((name) => name.folded()).filter((name) => name.length > 0);
  if (layers.length > layerLimit)
    throw new PhaseFailure('transfer', 'ENCODING_UNKNOWN', `${layers.length} encodings in a row`);
  return layers.reduceRight((bytes, name) => decodeOne(bytes, name, limit), body);
};

const decodeOne = (body: Buffer, said: Raw, limit: number): Buffer => {
  const name = said.oneOf(encodings);
  if (name === null) throw new PhaseFailure('transfer', 'ENCODING_UNKNOWN', phrase`content-encoding ${said}`);
  // An answer without a body may still name an encoding.
  if (body.length === 0) return body;
  try {
    return decoders[name](body, limit);
  } catch (error) {
    const { code, detail } = describeError(error);
    throw code === 'ERR_BUFFER_TOO_LARGE'
      ? new PhaseFailure('transfer', 'LIMIT_DECOMPRESSED', `unfolds to more than ${limit} bytes`)
      : new PhaseFailure('transfer', code, phrase`${name}: ${detail}`);
  }
};
