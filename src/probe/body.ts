import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { phrase, type Raw } from '../raw/raw.ts';
import { describeError, PhaseFailure } from './attempt.ts';

/** The encodings that we accept and can decode. */
export const acceptEncoding = 'gzip, deflate, br';

/** Length of the header without optional fields, which no server sends (RFC 1952, 2.3). */
const gzipHeader = 10;

/**
 * curl, browsers and Python do not miss the trailer (RFC 1952, 2.3.1). The data itself must be whole, and raw data has
 * an end of its own.
 */
const gunzip = (body: Buffer, maxOutputLength: number): Buffer => {
  try {
    return gunzipSync(body, { maxOutputLength });
  } catch (error) {
    if (describeError(error).code !== 'Z_BUF_ERROR' || body[3] !== 0) throw error;
    return inflateRawSync(body.subarray(gzipHeader), { maxOutputLength });
  }
};

const decoders = {
  identity: (body) => body,
  gzip: gunzip,
  'x-gzip': gunzip,
  // Some servers leave the zlib header out, which clients accept. Its first byte names method 8 in the lower half.
  deflate: (body, maxOutputLength) =>
    ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body, { maxOutputLength }) : inflateRawSync(body, { maxOutputLength }),
  br: (body, maxOutputLength) => brotliDecompressSync(body, { maxOutputLength }),
  // Not asked for, but browsers and curl take it.
  zstd: (body, maxOutputLength) => zstdDecompressSync(body, { maxOutputLength }),
} as const satisfies Readonly<Record<string, (body: Buffer, limit: number) => Buffer>>;
type Encoding = keyof typeof decoders;
const encodings = Object.keys(decoders) as readonly Encoding[];

/** Stacked encodings that we undo, as many as curl. */
const layerLimit = 5;

/** Undoes the encodings of a body, up to `limit` bytes. zlib stops there, so a zip bomb does not expand. */
export const decodeBody = (body: Buffer, contentEncoding: Raw | undefined, limit: number): Buffer => {
  const layers = (contentEncoding?.split(',') ?? [])
    .map((name) => name.folded())
    .filter((name) => !name.is('') && !name.is('identity'));
  if (layers.length > layerLimit)
    throw new PhaseFailure('transfer', 'ENCODING_UNKNOWN', `${layers.length} encodings in a row`);
  return layers.reduceRight((bytes, name) => decodeOne(bytes, name, limit), body);
};

const decodeOne = (body: Buffer, said: Raw, limit: number): Buffer => {
  const name = said.oneOf(encodings);
  // Clients take a body with an unknown encoding as it is. If it is encoded, the target's own expectation fails.
  if (name === null) return body;
  // A response without a body may still name an encoding.
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
