import { request } from 'node:http';
import { body } from './body.ts';

/** An error response of the artifact store, as boto3 reports it. */
export class ArtifactStoreError extends Error {
  override readonly name = 'ArtifactStoreError';
  /** S3's code; the bare status if the response had no body. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface StoredFile {
  readonly path: string;
  /** Null: a folder. */
  readonly size: number | null;
}

/** How MLflow uses its artifact store. All methods throw ArtifactStoreError, or the socket's error if no server answers. */
export interface ArtifactClient {
  /** `s3://bucket/root`, as messages show it. */
  readonly uri: string;
  put(path: string, bytes: Buffer): Promise<void>;
  /** HeadObject, then GetObject. */
  get(path: string): Promise<Buffer>;
  /** Entries directly below a folder. */
  list(path: string): Promise<readonly StoredFile[]>;
  /**
   * Deletes everything that *begins* with the path, neighbours included, as MLflow does. Entries that the store refuses
   * to delete go unnoticed, too.
   */
  delete(path: string): Promise<void>;
}

interface Received {
  readonly status: number;
  readonly bytes: Buffer;
}

const send = (method: string, url: string, bytes?: Buffer): Promise<Received> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent: false }, async (incoming) => {
      resolve({ status: incoming.statusCode ?? 0, bytes: await body(incoming) });
    });
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });

const tag = (text: string, name: string): readonly string[] =>
  [...text.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, inner]) => unescaped(inner ?? ''));

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const heads: Readonly<Record<number, string>> = { 403: 'Forbidden', 404: 'Not Found' };

/** @param store endpoint and bucket, `http://127.0.0.1:PORT/BUCKET`. */
export const createArtifactClient = (store: string): ArtifactClient => {
  const bucket = new URL(store).pathname.slice(1);

  const call = async (method: string, address: string, bytes?: Buffer): Promise<Buffer> => {
    const answer = await send(method, `${store}${address}`, bytes);
    if (answer.status < 300) return answer.bytes;
    const text = answer.bytes.toString();
    const [code = String(answer.status)] = tag(text, 'Code');
    const [message = heads[answer.status] ?? 'Unknown'] = tag(text, 'Message');
    throw new ArtifactStoreError(code, message);
  };
  const object = (path: string): string => `/${path.split('/').map(encodeURIComponent).join('/')}`;
  const listing = (prefix: string, delimiter: string): Promise<Buffer> =>
    call('GET', `?list-type=2&prefix=${encodeURIComponent(prefix)}&delimiter=${delimiter}`);

  return {
    uri: `s3://${bucket}`,
    put: async (path, bytes) => void (await call('PUT', object(path), bytes)),
    get: async (path) => {
      await call('HEAD', object(path));
      return call('GET', object(path));
    },
    list: async (path) => {
      const prefix = path === '' ? '' : `${path}/`;
      const text = (await listing(prefix, '%2F')).toString();
      const folders = tag(text, 'CommonPrefixes').flatMap((each) => tag(each, 'Prefix'));
      const files = tag(text, 'Contents').map((each) => ({
        path: tag(each, 'Key')[0] ?? '',
        size: Number(tag(each, 'Size')[0]),
      }));
      return [...files, ...folders.map((each) => ({ path: each.slice(0, -1), size: null }))].sort((a, b) =>
        a.path < b.path ? -1 : 1,
      );
    },
    delete: async (path) => {
      const keys = tag((await listing(path, '')).toString(), 'Key');
      const objects = keys.map((key) => `<Object><Key>${escaped(key)}</Key></Object>`);
      if (keys.length > 0) await call('POST', '?delete', Buffer.from(`<Delete>${objects.join('')}</Delete>`));
    },
  };
};
