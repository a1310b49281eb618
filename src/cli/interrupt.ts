import { constants } from 'node:os';
import { interruptedMs } from '../registration/ending.ts';
import { say, sayOverProgress } from './print.ts';

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Name = (typeof names)[number];

/** After the clean-up: time to write the report and close the sandbox. */
const closingMs = 2_000;
/** A terminal sends Ctrl-C to all its processes, and npm and npx also pass it on: one key press can be two signals. */
const sameKeyMs = 300;

/** Work that finishes by itself after an interrupt. */
export interface Section {
  /** The work that is left after the first signal, in a few words; null: none that takes time. */
  readonly says: () => string | null;
  /** Objects that may be left behind if the process exits now, a line each. */
  readonly left: () => readonly string[];
}

/** How signals end a command. */
export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Aborted when the time for the clean-up is over. */
  readonly cut: AbortSignal;
  /** As in a shell: 128 plus the signal's number; null: no signal. */
  exitCode(): number | null;
  /** In a section, the first signal aborts `signal`, and a second one exits at once. Outside a section the first one exits. */
  during<T>(section: Section, work: () => Promise<T>): Promise<T>;
}

/** Listens for Ctrl-C, SIGTERM and a closed terminal. Call it once per process. */
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
      // A terminal that closes during the clean-up is no reason to hurry.
      if (name !== 'SIGHUP' && !isSameKey(first.at)) leave(first.name);
      return;
    }
    first = { name, at: performance.now() };
    if (current === null) leave(name);
    const words = current?.says() ?? null;
    if (words !== null) sayOverProgress(`interrupted: ${words}; press Ctrl-C again to leave at once`);
    stop.abort();
    setTimeout(() => cut.abort(), interruptedMs).unref();
    setTimeout(() => {
      say(`not finished within ${(interruptedMs + closingMs) / 1_000} s`);
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
