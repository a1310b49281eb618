import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { body } from './body.ts';
import { type Listener, startListener } from './listener.ts';

/**
 * The artifact store behind MLflow's artifact proxy: an S3 with one bucket, path-style addresses and bytes in memory.
 * Its subset of S3 is enough for the real MLflow (boto3) too: PutObject, GetObject, HeadObject, ListObjectsV2,
 * DeleteObjects.
 */
export interface ArtifactStore {
  /** Endpoint and bucket, `http://127.0.0.1:PORT/BUCKET`. */
  readonly url: string;
  readonly endpoint: string;
  readonly bucket: string;
  /** Stored keys, to check what was left behind. */
  keys(): readonly string[];
  close: Listener['close'];
  reopen: Listener['reopen'];
  /** The bucket policy (or the task's role) denies every request. */
  deny(): void;
  /** Denies only deletions. */
  denyDeletes(): void;
  allow(): void;
  removeBucket(): void;
  createBucket(): void;
}

/** Messages in S3's wording. */
const messages = {
  AccessDenied: [403, 'Access Denied'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
} as const;

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const send = (response: ServerResponse, status: number, type: string, content: string | Uint8Array): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(content),
    server: 'AmazonS3',
  });
  response.end(content);
};

const refuse = (response: ServerResponse, code: keyof typeof messages): void => {
  const [status, message] = messages[code];
  send(response, status, 'application/xml', `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
};

/** Removes the framing of `aws-chunked` uploads: `<hex size>;…\r\n<bytes>\r\n … 0\r\n<trailers>` (S3, streaming signatures). */
const unframe = (request: IncomingMessage, bytes: Buffer): Buffer => {
  if (!String(request.headers['x-amz-content-sha256']).startsWith('STREAMING-')) return bytes;
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16);
    if (end < 0 || !(size > 0)) return Buffer.concat(parts);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
};

const listing = (bucket: string, objects: ReadonlyMap<string, Buffer>, query: URLSearchParams): string => {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const contents: string[] = [];
  const common = new Set<string>();
  for (const [key, bytes] of objects) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (cut >= 0) common.add(key.slice(0, cut + delimiter.length));
    else contents.push(`<Contents><Key>${xml(key)}</Key><Size>${bytes.length}</Size></Contents>`);
  }
  const prefixes = [...common].map((each) => `<CommonPrefixes><Prefix>${xml(each)}</Prefix></CommonPrefixes>`);
  return (
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name>` +
    `<Prefix>${xml(prefix)}</Prefix><IsTruncated>false</IsTruncated>${contents.join('')}${prefixes.join('')}</ListBucketResult>`
  );
};

export const startArtifactStore = async (bucket = 'mlflow-artifacts'): Promise<ArtifactStore> => {
  const objects = new Map<string, Buffer>();
  let denied: 'nothing' | 'deletes' | 'all' = 'nothing';
  let exists = true;

  /** A denied deletion is an error entry within a successful response. */
  const deleteMany = (bytes: Buffer): string => {
    const errors: string[] = [];
    for (const [, name] of bytes.toString().matchAll(/<Key>(.*?)<\/Key>/g)) {
      const key = String(name).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      if (denied === 'nothing') objects.delete(key);
      else errors.push(`<Error><Key>${name}</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`);
    }
    return `<DeleteResult>${errors.join('')}</DeleteResult>`;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://store');
    const [, name, ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    const bytes = await body(request);
    if (denied === 'all') return refuse(response, 'AccessDenied');
    if (!exists || name !== bucket) return refuse(response, 'NoSuchBucket');
    const object = objects.get(key);
    switch (`${request.method} ${key === '' ? 'bucket' : 'object'}`) {
      case 'GET bucket':
        return send(response, 200, 'application/xml', listing(bucket, objects, url.searchParams));
      case 'POST bucket':
        return send(response, 200, 'application/xml', deleteMany(bytes));
      case 'PUT object':
        objects.set(key, unframe(request, bytes));
        return send(response, 200, 'application/xml', '');
      case 'HEAD object':
      case 'GET object':
        return object === undefined
          ? refuse(response, 'NoSuchKey')
          : send(response, 200, 'application/octet-stream', object);
      default:
        return refuse(response, 'MethodNotAllowed');
    }
  };

  const listener = await startListener(createServer((request, response) => void answer(request, response)));
  const endpoint = `http://127.0.0.1:${listener.port}`;
  return {
    url: `${endpoint}/${bucket}`,
    endpoint,
    bucket,
    keys: () => [...objects.keys()].sort(),
    close: listener.close,
    reopen: listener.reopen,
    deny: () => {
      denied = 'all';
    },
    denyDeletes: () => {
      denied = 'deletes';
    },
    allow: () => {
      denied = 'nothing';
    },
    removeBucket: () => {
      exists = false;
      objects.clear();
    },
    createBucket: () => {
      exists = true;
    },
  };
};
