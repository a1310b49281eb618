import { randomInt } from 'node:crypto';
import { type DnsFailure, heard, mostTelling, refusalOf, silence, unheard } from './failure.ts';
import { type DnsMessage, type DnsQuestion, decodeMessage, encodeQuery, isAnswerTo, rcodes } from './message.ts';
import type { NameServer } from './name-servers.ts';
import { type Channel, overTcp, overUdp } from './transport.ts';

/**
 * The transport of each try. A middlebox that drops EDNS loses the first; the system's resolver does not use EDNS. The
 * third gets through where UDP is blocked.
 */
const ways = ['extended', 'plain', 'tcp'] as const;

/** Unusable responses from one server before we give it up: reading them takes time from other lookups. */
const mostUnusable = 8;

/**
 * Errors from a server that may not support EDNS (RFC 6891, section 7). Some fail or refuse for it instead. The system's
 * resolver never sees that, because it does not use EDNS.
 */
const notExtended: readonly number[] = [
  rcodes.formatError,
  rcodes.serverFailure,
  rcodes.notImplemented,
  rcodes.refused,
  rcodes.badVersion,
];

const protocols = { udp: overUdp, tcp: overTcp } as const;
type Protocol = keyof typeof protocols;

interface Events {
  readonly answered: (message: DnsMessage) => void;
  /** No answer will come from this server; `known` says why. */
  readonly over: () => void;
}

/** One question to one server, over its own sockets. */
export class Contact {
  readonly server: NameServer;
  readonly #question: DnsQuestion;
  readonly #events: Events;
  readonly #channels: Record<Protocol, Channel | 'ended' | null> = { udp: null, tcp: null };
  /** The ids of the queries sent, each with whether it used EDNS. */
  readonly #sent = new Map<number, boolean>();
  #known = silence;
  #tries = 0;
  #unusable = 0;
  #isTruncated = false;
  #isOver = false;

  constructor(server: NameServer, question: DnsQuestion, events: Events) {
    this.server = server;
    this.#question = question;
    this.#events = events;
  }

  /** The most informative failure seen so far. */
  get known(): DnsFailure {
    return this.#known;
  }

  get tries(): number {
    return this.#tries;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Sends the question again. Answers to earlier tries still count. */
  ask(): void {
    const way = ways[this.#tries] ?? 'plain';
    this.#tries += 1;
    this.#send(way === 'tcp' ? 'tcp' : 'udp', way === 'extended');
  }

  close(): void {
    this.#isOver = true;
    this.#shut('udp');
    this.#shut('tcp');
  }

  #send(protocol: Protocol, extended: boolean): void {
    this.#channels[protocol] ??= protocols[protocol](this.server, {
      message: (bytes) => this.#read(bytes, protocol),
      end: (code) => this.#ended(protocol, code),
    });
    const channel = this.#channels[protocol];
    if (channel === 'ended') return;
    const id = randomInt(0x10000);
    this.#sent.set(id, extended);
    channel.send(encodeQuery(id, this.#question, extended));
  }

  #read(bytes: Buffer, protocol: Protocol): void {
    if (this.#isOver) return;
    const extended = bytes.length < 2 ? undefined : this.#sent.get(bytes.readUInt16BE());
    if (extended === undefined && this.#unusable >= mostUnusable) return;
    const message = decodeMessage(bytes);
    // Forged responses are not evidence of what the server says.
    if (message !== null && extended === undefined) this.#unusable += 1;
    else if (message === null || extended === undefined || !isAnswerTo(this.#question, message)) this.#unreadable();
    else this.#take(message, protocol, extended);
  }

  #unreadable(): void {
    this.#unusable += 1;
    this.#note(heard('EBADRESP'));
    if (this.#unusable >= mostUnusable) this.#finish();
  }

  #take(message: DnsMessage, protocol: Protocol, extended: boolean): void {
    const { truncated, rcode, isReferral, explanation } = message;
    if (truncated) {
      this.#isTruncated = true;
      this.#note(heard('ETRUNCATED'));
      if (protocol === 'tcp' || this.#channels.tcp === 'ended') this.#finish();
      else if (this.#channels.tcp === null) this.#send('tcp', extended);
    } else if (rcode === rcodes.nameError || (rcode === rcodes.noError && !isReferral)) {
      this.#events.answered(message);
    } else {
      this.#note(isReferral ? heard('EREFERRAL') : refusalOf(rcode, explanation));
      if (!extended || !notExtended.includes(rcode)) this.#finish();
      else if (![...this.#sent.values()].includes(false)) this.#send(protocol, false);
    }
  }

  #ended(protocol: Protocol, code: string): void {
    if (this.#isOver) return;
    this.#shut(protocol);
    this.#note(unheard(code));
    // A server that refuses UDP exists and may accept TCP. If there is no route for UDP, there is none for TCP.
    if (protocol === 'udp' && code === 'ECONNREFUSED' && this.#channels.tcp === null) this.#send('tcp', false);
    const { udp, tcp } = this.#channels;
    if ((udp === 'ended' && (tcp === 'ended' || tcp === null)) || (this.#isTruncated && tcp === 'ended'))
      this.#finish();
  }

  #shut(protocol: Protocol): void {
    const channel = this.#channels[protocol];
    this.#channels[protocol] = 'ended';
    if (channel !== null && channel !== 'ended') channel.close();
  }

  #note(failure: DnsFailure): void {
    this.#known = mostTelling([this.#known, failure]);
  }

  #finish(): void {
    this.close();
    this.#events.over();
  }
}
