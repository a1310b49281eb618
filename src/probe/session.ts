import type { Attempted } from '../model/observation.ts';
import type { Location } from '../raw/location.ts';
import { Raw } from '../raw/raw.ts';
import { RawBytes } from '../raw/raw-bytes.ts';
import { ask, type HttpRequest } from './ask.ts';
import { Attempt, PhaseFailure } from './attempt.ts';
import { Connection } from './connection.ts';
import { dial } from './dial.ts';
import { type Gathered, observe } from './evidence.ts';
import { followed, moved, veil } from './follow.ts';
import { createTrace } from './identity.ts';
import type { ProbeTools } from './tools.ts';

/**
 * A connection idle for longer is not reused. Servers hang up after 5 s (uvicorn), and a request sent at that moment is
 * lost.
 */
const idleMs = 2_000;

/** Codes that show that the server hung up before the request arrived. */
const hangUps: ReadonlySet<string> = new Set(['CLOSED', 'ECONNRESET', 'EPIPE']);

export interface SessionRequest extends HttpRequest {
  /** Id of the observation. */
  readonly id: string;
  readonly timeoutMs: number;
  /** Hard deadline, on the monotonic clock in milliseconds. */
  readonly endsAt: number;
  /** Ends it at once. */
  readonly stop: AbortSignal;
  /**
   * Sending it twice has the effect of sending it once. Other requests get a new connection, which no server closes as
   * idle.
   */
  readonly repeatable: boolean;
  /** Follow redirects to other hosts as Python's requests does, without the key. */
  readonly follows?: boolean;
}

export interface SessionResponse {
  readonly observation: Attempted;
  /** The decoded body, for the next request. Empty if there was no response. */
  readonly body: RawBytes;
  /** Number of requests sent. */
  readonly requests: number;
  /** The host that a redirect led to. Null if the response is from the origin that was asked. */
  readonly left: Raw | null;
}

interface Open {
  readonly connection: Connection;
  readonly address: string | null;
  /** Last use, on the monotonic clock in milliseconds. Null before the first. */
  usedAt: number | null;
}

/** Sends requests one after the other and keeps one connection per origin, as a client's session does. */
export class Session {
  readonly #tools: ProbeTools;
  readonly #connections = new Map<string, Open>();

  constructor(tools: ProbeTools) {
    this.#tools = tools;
  }

  /** Sends one request. Never throws: failures are data. */
  async ask(question: SessionRequest): Promise<SessionResponse> {
    const tools = this.#tools;
    const { id, timeoutMs, endsAt, stop, follows = false } = question;
    const { origin } = question.address.origin;
    let body = new RawBytes(Buffer.alloc(0));
    let requests = 0;
    let left: Raw | null = null;
    const attempt = new Attempt(timeoutMs, endsAt, stop);
    const observation = await observe({ id }, attempt, tools, async (gathered) => {
      const trace = createTrace(tools.now());
      gathered.traceId = trace.traceId;
      const send = async (request: HttpRequest): Promise<RawBytes> => {
        const own = request.address.origin.origin === origin;
        requests += 1;
        left = own ? null : Raw.from(request.address.origin.host);
        const asking = { trace: own ? trace : { ...trace, headers: {} }, attempt, tools, gathered };
        const over = async (open: Open): Promise<RawBytes> => {
          gathered.address = open.address;
          const answer = await ask(open.connection, own ? request : { ...request, auth: 'none' }, asking);
          open.usedAt = performance.now();
          return answer.body;
        };
        const open =
          (question.repeatable ? this.#idle(request.address.origin.origin) : null) ??
          (await this.#open(request.address.origin, attempt, gathered));
        const isReused = open.usedAt !== null;
        try {
          return await over(open);
        } catch (error) {
          if (!isReused || gathered.response !== null || !isHangUp(error)) throw error;
          // The server closed an idle connection while the request was on its way. A client retries it (RFC 9112, 9.3.1).
          requests += 1;
          return await over(await this.#open(request.address.origin, attempt, gathered));
        }
      };
      for (let request: HttpRequest | null = question; request !== null; ) {
        let to: Location | null = null;
        try {
          body = await send(request);
        } finally {
          if (follows) to = veil(gathered, request, left !== null);
        }
        const most = tools.limits.redirects;
        request = to === null ? moved(request, gathered, most) : followed(request, to, gathered, most);
      }
      return null;
    });
    return { observation, body, requests, left };
  }

  close(): void {
    for (const { connection } of this.#connections.values()) connection.close();
    this.#connections.clear();
  }

  /** The connection of an earlier request, if it can be reused. */
  #idle(origin: string): Open | null {
    const open = this.#connections.get(origin);
    if (open === undefined || !open.connection.isOpen) return null;
    return performance.now() - (open.usedAt ?? 0) > idleMs ? null : open;
  }

  /** A new connection that replaces the previous one. */
  async #open(url: URL, attempt: Attempt, gathered: Gathered): Promise<Open> {
    const { origin } = url;
    this.#connections.get(origin)?.connection.close();
    this.#connections.delete(origin);
    const dialed = await dial(url, attempt, this.#tools, gathered);
    const open: Open = {
      connection: new Connection(dialed, origin, this.#tools.limits),
      address: gathered.address,
      usedAt: null,
    };
    this.#connections.set(origin, open);
    return open;
  }
}

const isHangUp = (error: unknown): boolean =>
  error instanceof PhaseFailure && error.phase === 'processing' && hangUps.has(error.code);
