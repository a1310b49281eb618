import { constants } from 'node:os';
import { interruptedMs } from '../registration/ending.ts';
import { say } from './print.ts';

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Name = (typeof names)[number];

/** When all has been cleaned up, a report is still written and a sandbox closed. */
const closingMs = 2_000;
/** Ctrl-C reaches everything that a terminal runs, and npm and npx pass it on besides: the same key can be two signals. */
const sameKeyMs = 300;

/** Work that does not end in the middle. */
export interface Section {
  /** What is still done after the first signal, in a few words; null: nothing that would take time. */
  readonly says: () => string | null;
  /** What is, or may be, left behind when it ends at once, a line each. */
  readonly left: () => readonly string[];
}

/** How a command ends before its time. */
export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Aborted when the time is over that cleaning up may take. */
  readonly cut: AbortSignal;
  /** As a shell says it: 128 and the signal's number; null: there was no signal. */
  exitCode(): number | null;
  /** The first signal aborts, and the section ends by itself; a second one ends the process at once. Outside of any section the first does. */
  during<T>(section: Section, work: () => Promise<T>): Promise<T>;
}

/** Listens for Ctrl-C, an orchestrator's SIGTERM, and a terminal that is closed. Once for a process. */
export const createInterrupt = (): Interrupt => {
  const stop = new AbortController();
  const cut = new AbortController();
  let first: { readonly name: Name; readonly at: number } | null = null;
  let current: Section | null = null;

  const leave = (name: Name): never => {
    for (const line of current?.left() ?? []) say(line);
    process.exit(codeOf(name));
  };
  const receive = (name: Name): void => {
    if (first !== null) {
      // A terminal that is closed while we clean up asks for no haste.
      if (name !== 'SIGHUP' && !isSameKey(first.at)) leave(first.name);
      return;
    }
    first = { name, at: performance.now() };
    if (current === null) leave(name);
    const words = current?.says() ?? null;
    if (words !== null) say(`${lineStart()}interrupted: ${words}; press Ctrl-C again to leave at once`);
    stop.abort();
    setTimeout(() => cut.abort(), interruptedMs).unref();
    setTimeout(() => {
      say(`not done within ${(interruptedMs + closingMs) / 1_000} s`);
      leave(name);
    }, interruptedMs + closingMs).unref();
  };
  for (const name of names) process.on(name, receive);

  return {
    signal: stop.signal,
    cut: cut.signal,
    exitCode: () => (first === null ? null : codeOf(first.name)),
    during: async (section, work) => {
      const outer = current;
      current = section;
      try {
        return await work();
      } finally {
        current = outer;
      }
    },
  };
};

const codeOf = (name: Name): number => 128 + constants.signals[name];

const isSameKey = (at: number): boolean => process.stderr.isTTY === true && performance.now() - at < sameKeyMs;

/** A line of progress may stand there. */
const lineStart = (): string => (process.stderr.isTTY === true ? '\r\u001b[K' : '');
