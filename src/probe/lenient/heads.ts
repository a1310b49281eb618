import type { Socket } from 'node:net';
import type { Oddity } from '../../model/oddity.ts';
import { Chunks } from './chunks.ts';
import { strictHead } from './strict-head.ts';

/** Interim responses "100 Continue" that are dropped. More are a flood, which undici refuses. */
const continueLimit = 8;

/** Statuses without a body, whatever the headers say (RFC 9112, 6.3). */
const bodiless: readonly number[] = [204, 304];

/**
 * Rewrites responses into the strict form that undici's parser takes, where curl, browsers, Python and RFC 9112 accept
 * more: a "100 Continue" that was not asked for (RFC 9110, 15.2), line feeds alone (RFC 9112, 2.2), and whatever
 * strict-head.ts and chunks.ts name. What only some clients accept is remembered as an oddity.
 */
export class LenientHeads {
  readonly #socket: Socket;
  readonly #limit: number;
  readonly #push: Socket['push'];
  #onFirstByte: (() => void) | null = null;
  #inHead = false;
  #isHeadOnly = false;
  #chunks: Chunks | null = null;
  /** Bytes of an unfinished head, as Latin-1. */
  #held = '';
  #dropped = 0;
  readonly #oddities = new Set<Oddity>();

  /** @param limit bytes of a head; a longer one is passed on as it is */
  constructor(socket: Socket, limit: number) {
    this.#socket = socket;
    this.#limit = limit;
    this.#push = socket.push.bind(socket);
    socket.push = (chunk: Buffer | null) => {
      if (chunk === null) return this.#end();
      return this.#inHead ? this.#read(chunk) : this.#passBody(chunk);
    };
  }

  /** The next byte begins a response. */
  expect(method: string, onFirstByte: () => void): void {
    this.#onFirstByte = onFirstByte;
    this.#inHead = true;
    this.#isHeadOnly = method === 'HEAD';
    this.#chunks = null;
    this.#dropped = 0;
    this.#oddities.clear();
  }

  /** What some clients refuse in this response. */
  get oddities(): readonly Oddity[] {
    return [...this.#oddities];
  }

  #read(chunk: Buffer): boolean {
    this.#onFirstByte?.();
    this.#onFirstByte = null;
    let searched = Math.max(0, this.#held.length - 3);
    this.#held += chunk.toString('latin1');
    // A loop without copies: one packet can hold tens of thousands of heads or blank lines.
    while (this.#inHead && !this.#socket.destroyed) {
      const blank = blankLength(this.#held);
      this.#held = this.#held.slice(blank);
      const body = endOfHead(this.#held, Math.max(0, searched - blank));
      if (body === -1) return this.#canBeHead() ? true : this.#release();
      const text = this.#held.slice(0, body);
      this.#held = this.#held.slice(body);
      searched = 0;
      const head = strictHead(text);
      this.#inHead = head !== null && head.status >= 100 && head.status < 200;
      if (head?.status === 100 && this.#dropped < continueLimit) this.#dropped += 1;
      else {
        for (const oddity of head?.oddities ?? []) this.#oddities.add(oddity);
        if (head?.isChunked === true && !this.#isHeadOnly && !this.#inHead && !bodiless.includes(head.status))
          this.#chunks = new Chunks(this.#limit, this.#oddities);
        this.#push(Buffer.from(head?.text ?? text, 'latin1'));
      }
    }
    return this.#socket.destroyed ? false : this.#release();
  }

  #canBeHead(): boolean {
    const held = this.#held.trimStart().slice(0, 5).toUpperCase();
    return this.#held.length <= this.#limit && 'HTTP/'.startsWith(held);
  }

  #release(): boolean {
    const held = this.#held;
    this.#held = '';
    this.#inHead = false;
    return held === '' ? true : this.#passBody(Buffer.from(held, 'latin1'));
  }

  #passBody(bytes: Buffer): boolean {
    const strict = this.#chunks?.strict(bytes) ?? bytes;
    return strict.length === 0 ? true : this.#push(strict);
  }

  #end(): boolean {
    if (this.#held !== '') this.#release();
    const last = this.#chunks?.end();
    if (last !== undefined && last !== '') this.#push(Buffer.from(last));
    return this.#push(null);
  }
}

/** Where the body begins, behind the blank line. -1 if the head goes on. */
const endOfHead = (text: string, from: number): number => {
  for (let end = text.indexOf('\n', from); end !== -1; end = text.indexOf('\n', end + 1)) {
    if (text[end + 1] === '\n') return end + 2;
    if (text[end + 1] === '\r' && text[end + 2] === '\n') return end + 3;
  }
  return -1;
};

/** Length of the blank lines at the start, which clients ignore. */
const blankLength = (text: string): number => {
  let length = 0;
  while (text[length] === '\r' || text[length] === '\n') length += 1;
  return length;
};
