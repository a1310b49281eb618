import type { Socket } from 'node:net';

/** Interim responses "100 Continue" that are dropped. More are a flood, which undici refuses. */
const continueLimit = 8;

/**
 * Rewrites response heads into the strict form that undici's parser takes, where curl, browsers and RFC 9112 accept
 * more: a "100 Continue" that was not asked for (RFC 9110, 15.2), line feeds alone (RFC 9112, 2.2), folded lines (5.2),
 * spaces before a colon (5.1), one content-length repeated, or beside chunks (6.3). Two different lengths stay an error.
 */
export class LenientHeads {
  readonly #socket: Socket;
  readonly #limit: number;
  readonly #push: Socket['push'];
  #onFirstByte: (() => void) | null = null;
  #inHead = false;
  /** Bytes of an unfinished head, as Latin-1. */
  #held = '';
  #dropped = 0;

  /** @param limit bytes of a head; a longer one is passed on as it is */
  constructor(socket: Socket, limit: number) {
    this.#socket = socket;
    this.#limit = limit;
    this.#push = socket.push.bind(socket);
    socket.push = (chunk: Buffer | null) => {
      if (chunk === null) return this.#end();
      return this.#inHead ? this.#read(chunk) : this.#push(chunk);
    };
  }

  /** The next byte begins a response. */
  expect(onFirstByte: () => void): void {
    this.#onFirstByte = onFirstByte;
    this.#inHead = true;
    this.#dropped = 0;
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
      const head = this.#held.slice(0, body);
      this.#held = this.#held.slice(body);
      searched = 0;
      const status = statusOf(head);
      this.#inHead = status !== null && status >= 100 && status < 200;
      if (status === 100 && this.#dropped < continueLimit) this.#dropped += 1;
      else this.#pass(strict(head));
    }
    return this.#socket.destroyed ? false : this.#release();
  }

  #canBeHead(): boolean {
    const held = this.#held;
    return held.length <= this.#limit && ('HTTP/'.startsWith(held) || held.startsWith('HTTP/'));
  }

  #release(): boolean {
    const held = this.#held;
    this.#held = '';
    this.#inHead = false;
    return this.#pass(held);
  }

  #pass(bytes: string): boolean {
    return bytes === '' ? true : this.#push(Buffer.from(bytes, 'latin1'));
  }

  #end(): boolean {
    if (this.#held !== '') this.#release();
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

/** Null for another protocol. */
const statusOf = (head: string): number | null => {
  const found = /^HTTP\/1\.\d (\d{3})/.exec(head)?.[1];
  return found === undefined ? null : Number(found);
};

const strict = (head: string): string => {
  const lines: string[] = [];
  for (const read of head.split('\n')) {
    const line = read.endsWith('\r') ? read.slice(0, -1) : read;
    const isFolded = lines.length > 1 && (line.startsWith(' ') || line.startsWith('\t'));
    if (isFolded) lines.push(`${lines.pop()} ${line.trim()}`);
    else lines.push(unspaced(line));
  }
  return oneLength(lines).join('\r\n');
};

const unspaced = (line: string): string => {
  const colon = line.indexOf(':');
  return colon === -1 ? line : `${line.slice(0, colon).trimEnd()}${line.slice(colon)}`;
};

const isNamed = (line: string, name: string): boolean => line.slice(0, name.length + 1).toLowerCase() === `${name}:`;
const isLength = (line: string): boolean => isNamed(line, 'content-length');

/** Equal lengths count once; chunks count instead of a length. */
const oneLength = (lines: readonly string[]): readonly string[] => {
  const lengths = lines.filter(isLength).flatMap((line) => line.slice('content-length:'.length).split(','));
  if (lengths.length === 0) return lines;
  const isChunked = lines.some((line) => isNamed(line, 'transfer-encoding') && line.toLowerCase().includes('chunked'));
  if (isChunked) return lines.filter((line) => !isLength(line));
  const [first = '', ...others] = lengths.map((length) => length.trim());
  if (others.length === 0 || others.some((other) => other !== first)) return lines;
  const kept = lines.findIndex(isLength);
  return lines.flatMap((line, place) => {
    if (place === kept) return [`content-length: ${first}`];
    return isLength(line) ? [] : [line];
  });
};
