import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import { type Headers, headerNames } from '../model/headers.ts';
import type { Limits } from '../model/limits.ts';
import { Raw, reveal } from '../raw/raw.ts';
import type { Attempt } from './attempt.ts';
import { describeError, PhaseFailure } from './attempt.ts';
import type { Dialed } from './dial.ts';

export interface Request {
  readonly path: Raw;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody;
}

/** Raw: it sends back what an answer has said. */
export type RequestBody = string | Raw | Uint8Array | null;

interface Head {
  readonly status: number;
  readonly headers: Headers<Raw>;
  readonly headerOrder: Raw;
}

type OnHead = (head: Head) => void;

/** What came back, as sent: bounded, not yet decoded. */
export interface ReceivedResponse extends Head {
  readonly body: Buffer;
}

/** Why undici is told to close: one for all, for an error of its own with its stack costs more than reading the answer. */
const over = new Error('the probe is over');
const hungUp = Object.assign(new Error('the other side has hung up'), { code: 'CLOSED' });

/** Interim answers (1xx) that are let pass before they count as a flood; real servers send one or two. */
const informationalLimit = 8;

/**
 * A connection that was made and timed before, with undici speaking HTTP/1.1 over it. undici's own time-outs are off: ours are per phase.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #tlsFailure: Dialed['tlsFailure'];
  readonly #client: Client;
  readonly #limits: Limits;

  constructor({ socket, tlsFailure }: Dialed, origin: string, limits: Limits) {
    this.#socket = socket;
    this.#tlsFailure = tlsFailure;
    this.#limits = limits;
    this.#client = new Client(origin, {
      // Answered in a later turn, as a dialling connector would: undici is not ready for an answer within the call.
      connect: (_options, callback) =>
        queueMicrotask(() => (socket.destroyed ? callback(hungUp, null) : callback(null, socket))),
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: limits.headerBytes,
    });
  }

  /** Whether another request can be sent. The other side may hang up at the same moment all the same. */
  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable && !this.#socket.readableEnded;
  }

  /** One request. An answer that ends early is kept for the failure's evidence through `onHead`; after a failure the connection is closed. */
  async send(request: Request, attempt: Attempt, onHead: OnHead): Promise<ReceivedResponse> {
    const stop = (): void => {
      this.#socket.destroy();
    };
    const reading = new Reading(request.method, this.#limits, onHead);
    this.#client.dispatch(
      {
        path: reveal(request.path),
        method: request.method as Dispatcher.HttpMethod,
        headers: request.headers,
        body: request.body instanceof Raw ? reveal(request.body) : request.body,
      },
      reading,
    );
    try {
      await attempt.phase('processing', attempt.remainingMs, (onStop) => {
        onStop(stop);
        return reading.firstByte;
      });
      return await attempt.phase('transfer', this.#limits.transferMs, (onStop) => {
        onStop(stop);
        return reading.whole;
      });
    } catch (error) {
      this.close();
      // TLS knows more than the end of the connection that it brings about.
      throw this.#tlsFailure() ?? error;
    }
  }

  close(): void {
    // Nothing is in flight any more; what undici still says about the closed socket concerns nobody.
    this.#client.destroy(over, () => undefined);
    this.#socket.destroy();
  }
}

/** Receives an answer within the limits of headers and body. */
class Reading implements Dispatcher.DispatchHandler {
  readonly #limits: Limits;
  readonly #hasBody: boolean;
  readonly #onHead: OnHead;
  readonly #first = Promise.withResolvers<void>();
  readonly #whole = Promise.withResolvers<ReceivedResponse>();
  readonly #chunks: Buffer[] = [];
  #started = false;
  #head: Head | null = null;
  #informational = 0;
  #bytes = 0;

  constructor(method: string, limits: Limits, onHead: OnHead) {
    this.#limits = limits;
    this.#hasBody = method !== 'HEAD';
    this.#onHead = onHead;
    // A failure of the first byte is also one of the whole, for which nobody waits then.
    this.#first.promise.catch(() => undefined);
    this.#whole.promise.catch(() => undefined);
  }

  get firstByte(): Promise<void> {
    return this.#first.promise;
  }

  get whole(): Promise<ReceivedResponse> {
    return this.#whole.promise;
  }

  onRequestStart(): void {
    // undici asks for it; nothing to do.
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
        this.#fail('LIMIT_INFORMATIONAL', `more than ${informationalLimit} interim answers`);
        controller.abort(new Error('flood of interim answers'));
      }
      return;
    }
    this.#head = { status, headers: readHeaders(headers), headerOrder: orderOf(headers) };
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
    else this.#fail('HTTP_NO_ANSWER', 'the answer ended without a status');
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const { code, detail } = describeError(error);
    this.#fail(codeOf(code, error.message), detail);
  }

  #tooLarge(controller: Dispatcher.DispatchController, how: string): void {
    this.#fail('LIMIT_BODY', `the body ${how}; the limit is ${this.#limits.bodyBytes} bytes`);
    controller.abort(new Error('body too large'));
  }

  #fail(code: string, detail: string | Raw): void {
    // Bytes that are no HTTP are an answer too: the time until then was processing, the failure is in what came.
    const answered =
      this.#started || this.#head !== null || code.startsWith('HPE_') || code.startsWith('UND_ERR_HEADERS');
    const failure = new PhaseFailure(answered ? 'transfer' : 'processing', code, detail);
    if (answered) this.#first.resolve();
    else this.#first.reject(failure);
    this.#whole.reject(failure);
  }
}

/** undici has one code for every trouble with a socket; its message tells them apart. */
const codeOf = (code: string, message: string): string => {
  if (code !== 'UND_ERR_SOCKET') return code;
  return message === 'bad response' || message === 'bad upgrade' ? 'HTTP_BAD_RESPONSE' : 'CLOSED';
};

/** A proxy that passes a `server` header on beside its own tells that there are two. Other headers vary in number. */
const orderOf = (headers: Record<string, string | string[] | undefined>): Raw =>
  Raw.from(
    Object.entries(headers)
      .flatMap(([name, value]) => (name === 'server' && Array.isArray(value) ? value.map(() => name) : name))
      .filter((name) => /^[a-z-]{1,40}$/.test(name))
      .join(' '),
  );

/** undici gives the names in lower case, and those that came several times as a list. */
const readHeaders = (headers: Record<string, string | string[] | undefined>): Headers<Raw> =>
  Object.fromEntries(
    headerNames.flatMap((name) => {
      const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
      return value === undefined ? [] : [[name, Raw.from(Array.isArray(value) ? value.join(', ') : value)] as const];
    }),
  );
