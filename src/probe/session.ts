import type { Attempted } from '../platform/observation.ts';
import { RawBytes } from '../raw/raw-bytes.ts';
import { ask, type Question } from './ask.ts';
import { Attempt } from './attempt.ts';
import { dial } from './dial.ts';
import { observe } from './evidence.ts';
import { Line } from './exchange.ts';
import { createTrace } from './identity.ts';
import type { ProbeTools } from './tools.ts';

/** A line that was idle for longer is not used again: servers hang up after 5 s (uvicorn), and a request that meets that is lost. */
const idleMs = 2_000;

export interface SessionQuestion extends Question {
  /** What the observation is of. */
  readonly id: string;
  readonly timeoutMs: number;
  /** When it must end at the latest, on the monotonic clock in milliseconds. */
  readonly endsAt: number;
  /** Ends it at once. */
  readonly stop: AbortSignal;
}

export interface SessionAnswer {
  readonly observation: Attempted;
  /** The body, decoded: for the next request. Empty without an answer. */
  readonly body: RawBytes;
}

/** Requests one after the other over one connection for each origin, as a client's session does. */
export class Session {
  readonly #tools: ProbeTools;
  readonly #lines = new Map<string, { readonly line: Line; readonly address: string | null; usedAt: number }>();

  constructor(tools: ProbeTools) {
    this.#tools = tools;
  }

  /** One request. Never throws: whatever happens is data. */
  async ask(question: SessionQuestion): Promise<SessionAnswer> {
    const tools = this.#tools;
    const { id, address, timeoutMs, endsAt, stop } = question;
    const { origin } = address.origin;
    let body = new RawBytes(Buffer.alloc(0));
    const attempt = new Attempt(timeoutMs, endsAt, stop);
    const observation = await observe({ id }, attempt, tools, async (gathered) => {
      const trace = createTrace(tools.now());
      gathered.traceId = trace.traceId;
      let open = this.#lines.get(origin);
      if (open === undefined || !open.line.isOpen || performance.now() - open.usedAt > idleMs) {
        open?.line.close();
        this.#lines.delete(origin);
        const dialed = await dial(address.origin, attempt, tools, gathered);
        open = { line: new Line(dialed, origin, tools.limits), address: gathered.address, usedAt: 0 };
        this.#lines.set(origin, open);
      }
      gathered.address = open.address;
      body = await ask(open.line, question, trace, attempt, tools, gathered);
      open.usedAt = performance.now();
      return null;
    });
    return { observation, body };
  }

  close(): void {
    for (const { line } of this.#lines.values()) line.close();
    this.#lines.clear();
  }
}
