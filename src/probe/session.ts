import type { Attempted } from '../model/observation.ts';
import { RawBytes } from '../raw/raw-bytes.ts';
import { ask, type HttpRequest } from './ask.ts';
import { Attempt, PhaseFailure } from './attempt.ts';
import { Connection } from './connection.ts';
import { dial } from './dial.ts';
import { type Gathered, observe } from './evidence.ts';
import { createTrace } from './identity.ts';
import type { ProbeTools } from './tools.ts';

/** A connection that was idle for longer is not used again: servers hang up after 5 s (uvicorn), and a request that meets that is lost. */
const idleMs = 2_000;

/** How it shows that the other side hung up before the request came. */
const hangUps: ReadonlySet<string> = new Set(['CLOSED', 'ECONNRESET', 'EPIPE']);

export interface SessionRequest extends HttpRequest {
  /** What the observation is of. */
  readonly id: string;
  readonly timeoutMs: number;
  /** When it must end at the latest, on the monotonic clock in milliseconds. */
  readonly endsAt: number;
  /** Ends it at once. */
  readonly stop: AbortSignal;
  /** Sent twice, it does what it does once. What is not repeatable goes over a connection of its own: no server has grown tired of that. */
  readonly repeatable: boolean;
}

export interface SessionResponse {
  readonly observation: Attempted;
  /** The body, decoded: for the next request. Empty without an answer. */
  readonly body: RawBytes;
  /** Requests that were sent. */
  readonly requests: number;
}

interface Open {
  readonly connection: Connection;
  readonly address: string | null;
  /** On the monotonic clock in milliseconds; null: not yet. */
  usedAt: number | null;
}

/** Requests one after the other over one connection for each origin, as a client's session does. */
export class Session {
  readonly #tools: ProbeTools;
  readonly #connections = new Map<string, Open>();

  constructor(tools: ProbeTools) {
    this.#tools = tools;
  }

  /** One request. Never throws: whatever happens is data. */
  async ask(question: SessionRequest): Promise<SessionResponse> {
    const tools = this.#tools;
    const { id, address, timeoutMs, endsAt, stop, repeatable } = question;
    let body = new RawBytes(Buffer.alloc(0));
    let requests = 1;
    const attempt = new Attempt(timeoutMs, endsAt, stop);
    const observation = await observe({ id }, attempt, tools, async (gathered) => {
      const trace = createTrace(tools.now());
      gathered.traceId = trace.traceId;
      const over = async (open: Open): Promise<RawBytes> => {
        gathered.address = open.address;
        const answer = await ask(open.connection, question, { trace, attempt, tools, gathered });
        open.usedAt = performance.now();
        return answer;
      };
      const open =
        (repeatable ? this.#idle(address.origin.origin) : null) ??
        (await this.#open(address.origin, attempt, gathered));
      const isReused = open.usedAt !== null;
      try {
        body = await over(open);
      } catch (error) {
        if (!isReused || gathered.response !== null || !isHangUp(error)) throw error;
        // The server closed an idle connection as the request was on its way: a client repeats it (RFC 9112, 9.3.1).
        requests += 1;
        body = await over(await this.#open(address.origin, attempt, gathered));
      }
      return null;
    });
    return { observation, body, requests };
  }

  close(): void {
    for (const { connection } of this.#connections.values()) connection.close();
    this.#connections.clear();
  }

  /** The connection of an earlier request, where it can be used again. */
  #idle(origin: string): Open | null {
    const open = this.#connections.get(origin);
    if (open === undefined || !open.connection.isOpen) return null;
    return performance.now() - (open.usedAt ?? 0) > idleMs ? null : open;
  }

  /** A new connection, in the place of the one before. */
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
