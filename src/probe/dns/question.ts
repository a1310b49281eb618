import { Contact } from './contact.ts';
import { type DnsFailure, mostTelling } from './failure.ts';
import type { DnsMessage, DnsQuestion } from './message.ts';
import type { NameServer } from './name-servers.ts';

/**
 * Milliseconds before the next server is asked, or the same one again. Almost every answer that is not lost arrives
 * sooner.
 */
const waitMs = 500;
/** A short limit shortens the waits, so that a silent server is asked as often as within the default limit. */
const leastWaits = 8;

export interface Resolver {
  readonly servers: readonly NameServer[];
  /** Text of the system's hosts file. None with name servers of the configuration, which are to be asked. */
  readonly hosts?: string;
  /** Milliseconds after which a lookup ends; the caller ends it. */
  readonly limitMs: number;
}

export type Answered =
  | { readonly kind: 'answer'; readonly message: DnsMessage; readonly server: NameServer }
  | { readonly kind: 'failure'; readonly failure: DnsFailure };

/**
 * One question, sent to the servers in turn and then again, with twice the wait in each round, until one answers or all
 * have failed. Silence does not end it: only the phase's limit does.
 */
export class Question {
  readonly answered: Promise<Answered>;
  readonly #contacts: readonly Contact[];
  readonly #waitMs: number;
  #settle: (answered: Answered) => void = () => {};
  #timer: NodeJS.Timeout | undefined;

  constructor(question: DnsQuestion, { servers, limitMs }: Resolver) {
    // The first round covers all servers within the first half of the limit.
    this.#waitMs = Math.min(waitMs, limitMs / Math.max(leastWaits, 2 * servers.length));
    this.answered = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#contacts = servers.map(
      (server) =>
        new Contact(server, question, {
          answered: (message) => this.#end({ kind: 'answer', message, server }),
          over: () => this.#over(),
        }),
    );
    this.#ask();
  }

  /** The most informative failure so far. */
  get known(): DnsFailure {
    return mostTelling(this.#contacts.map(({ known }) => known));
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const contact of this.#contacts) contact.close();
  }

  #ask(): void {
    const [next] = this.#open().toSorted((a, b) => a.tries - b.tries);
    if (next === undefined) return this.#end({ kind: 'failure', failure: this.known });
    this.#timer = setTimeout(() => this.#ask(), this.#waitMs * 2 ** next.tries);
    next.ask();
  }

  #over(): void {
    const open = this.#open();
    // The servers already asked may still answer, and are asked again when their wait is over.
    if (open.length > 0 && open.every(({ tries }) => tries > 0)) return;
    clearTimeout(this.#timer);
    this.#ask();
  }

  #open(): readonly Contact[] {
    return this.#contacts.filter(({ isOver }) => !isOver);
  }

  #end(answered: Answered): void {
    this.stop();
    this.#settle(answered);
  }
}
