import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import { type Headers, headerNames } from '../model/headers.ts';
import type { Limits } from '../model/limits.ts';
import type { Oddity } from '../model/oddity.ts';
import { Raw, reveal } from '../raw/raw.ts';
import type { Attempt } from './attempt.ts';
import { describeError, PhaseFailure } from './attempt.ts';
import type { Dialed } from './dial.ts';
import { LenientHeads } from './lenient/heads.ts';

export interface Request {
  readonly path: Raw;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody;
  /** Cookies of earlier responses on the way of a redirect, as the header's value. Null without any. */
  readonly cookies: Raw | null;
}

/** Raw, because some requests send back what a response said. */
export type RequestBody = string | Raw | Uint8Array | null;

interface Head {
  readonly status: number;
  readonly headers: Headers<Raw>;
  readonly headerOrder: Raw;
  /** The `set-cookie` headers. */
  readonly cookies: readonly Raw[];
}

type OnHead = (head: Head) => void;

/** The response as received: bounded, not decoded yet. */
interface WholeResponse extends Head {
  readonly body: Buffer;
}

export interface ReceivedResponse extends WholeResponse {
  /** What some clients refuse in it. Empty if every client reads it. */
  readonly oddities: readonly Oddity[];
}

/**
 * The error that closes undici's client. Shared, because creating one with its stack costs more than reading a
 * response.
 */
const over = new Error('the probe is over');
const hungUp = Object.assign(new Error('the other side has hung up'), { code: 'CLOSED' });

/** Interim responses (1xx) allowed before they count as a flood. Real servers send one or two. */
const informationalLimit = 8;

/**
 * HTTP/1.1, spoken by undici, over a connection that was opened and timed before. undici's own timeouts are off because
 * ours are per phase.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #tlsFailure: Dialed['tlsFailure'];
  readonly #client: Client;
  readonly #heads: LenientHeads;
  readonly #limits: Limits;

  constructor({ socket, tlsFailure }: Dialed, origin: string, limits: Limits) {
    this.#socket = socket;
    this.#tlsFailure = tlsFailure;
    this.#limits = limits;
    this.#heads = new LenientHeads(socket, limits.headerBytes);
    this.#client = new Client(origin, {
      // Called back in a later turn, as a dialling connector would: undici cannot handle a callback within the call.
      connect: (_options, callback) =>
        queueMicrotask(() => (socket.destroyed ? callback(hungUp, null) : callback(null, socket))),
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: limits.headerBytes,
    });
  }

  /** Whether another request can be sent. The server may still hang up at that very moment. */
  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable && !this.#socket.readableEnded;
  }

  /**
   * Sends one request. `onHead` keeps the head of a response that breaks off, as evidence. A failure closes the
   * connection.
   */
  async send(request: Request, attempt: Attempt, onHead: OnHead): Promise<ReceivedResponse> {
    const stop = (): void => {
      this.#socket.destroy();
    };
    const reading = new Reading(request.method, this.#limits, onHead);
    this.#heads.expect(request.method, () => reading.onResponseStarted());
    this.#client.dispatch(
      {
        path: reveal(request.path),
        method: request.method as Dispatcher.HttpMethod,
        headers: request.cookies === null ? request.headers : { ...request.headers, cookie: reveal(request.cookies) },
        body: request.body instanceof Raw ? reveal(request.body) : request.body,
      },
      reading,
    );
    try {
      await attempt.phase('processing', attempt.remainingMs, (onStop) => {
        onStop(stop);
        return reading.firstByte;
      });
      const whole = await attempt.phase('transfer', this.#limits.transferMs, (onStop) => {
        onStop(stop);
        return reading.whole;
      });
      return { ...whole, oddities: this.#heads.oddities };
    } catch (error) {
      this.close();
      // TLS knows why the connection ended; undici only sees that it did.
      throw this.#tlsFailure() ?? error;
    }
  }

  close(): void {
    // Nothing is in flight any more, so ignore what undici reports about the closed socket.
    this.#client.destroy(over, () => undefined);
    this.#socket.destroy();
  }
}

/** Receives a response within the limits of headers and body. */
class Reading implements Dispatcher.DispatchHandler {
  readonly #limits: Limits;
  readonly #hasBody: boolean;
  readonly #onHead: OnHead;
  readonly #first = Promise.withResolvers<void>();
  readonly #whole = Promise.withResolvers<WholeResponse>();
  readonly #chunks: Buffer[] = [];
  #started = false;
  #head: Head | null = null;
  #informational = 0;
  #bytes = 0;

  constructor(method: string, limits: Limits, onHead: OnHead) {
    this.#limits = limits;
    this.#hasBody = method !== 'HEAD';
    this.#onHead = onHead;
    // A failure of the first byte rejects both promises, but only the first is awaited then.
    this.#first.promise.catch(() => undefined);
    this.#whole.promise.catch(() => undefined);
  }

  get firstByte(): Promise<void> {
    return this.#first.promise;
  }

  get whole(): Promise<WholeResponse> {
    return this.#whole.promise;
  }

  onRequestStart(): void {
    // Required by undici's interface.
  }

  onResponseStarted(): void {
    this.#started = true;
    this.#first.resolve();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) {
      this.#informational += 1;
      if (this.#informational > informationalLimit) {
        this.#fail('LIMIT_INFORMATIONAL', `more than ${informationalLimit} interim responses`);
        controller.abort(new Error('flood of interim responses'));
      }
      return;
    }
    this.#head = { status, headers: readHeaders(headers), headerOrder: orderOf(headers), cookies: cookiesOf(headers) };
    this.#onHead(this.#head);
    const declared = this.#head.headers['content-length']?.integer() ?? 0;
    if (this.#hasBody && declared > this.#limits.bodyBytes) this.#tooLarge(controller, `declares ${declared} bytes`);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#limits.bodyBytes) this.#tooLarge(controller, 'goes on');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#head !== null) this.#whole.resolve({ ...this.#head, body: Buffer.concat(this.#chunks, this.#bytes) });
    else this.#fail('HTTP_NO_ANSWER', 'the response ended without a status');
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const { code, detail } = describeError(error);
    // undici asserts what a response should be, such as that a switch of protocols names one.
    if (code === 'ERR_ASSERTION') this.#fail('HTTP_BAD_RESPONSE', 'its status does not go with its headers');
    else this.#fail(codeOf(code, error.message), detail);
  }

  #tooLarge(controller: Dispatcher.DispatchController, how: string): void {
    this.#fail('LIMIT_BODY', `the body ${how}; the limit is ${this.#limits.bodyBytes} bytes`);
    controller.abort(new Error('body too large'));
  }

  #fail(code: string, detail: string | Raw): void {
    // Bytes that are not HTTP are a response too: the wait for them was processing, and the failure is in the bytes.
    const answered =
      this.#started || this.#head !== null || code.startsWith('HPE_') || code.startsWith('UND_ERR_HEADERS');
    const failure = new PhaseFailure(answered ? 'transfer' : 'processing', code, detail);
    if (answered) this.#first.resolve();
    else this.#first.reject(failure);
    this.#whole.reject(failure);
  }
}

/** undici has one code for all socket errors; only its message distinguishes them. */
const codeOf = (code: string, message: string): string => {
  if (code !== 'UND_ERR_SOCKET') return code;
  return message === 'bad response' || message === 'bad upgrade' ? 'HTTP_BAD_RESPONSE' : 'CLOSED';
};

/** Two `server` headers show that a proxy passed one on beside its own. The count of other headers varies. */
const orderOf = (headers: Record<string, string | string[] | undefined>): Raw =>
  Raw.from(
    Object.entries(headers)
      .flatMap(([name, value]) => (name === 'server' && Array.isArray(value) ? value.map(() => name) : name))
      .filter((name) => /^[a-z-]{1,40}$/.test(name))
      .join(' '),
  );

const cookiesOf = ({ 'set-cookie': set = [] }: Record<string, string | string[] | undefined>): readonly Raw[] =>
  [set].flat().map(Raw.from);

/** undici gives names in lower case and repeated headers as a list. */
const readHeaders = (headers: Record<string, string | string[] | undefined>): Headers<Raw> =>
  Object.fromEntries(
    headerNames.flatMap((name) => {
      const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
      return value === undefined ? [] : [[name, Raw.from(Array.isArray(value) ? value.join(', ') : value)] as const];
    }),
  );
