import type { Interrupt } from './interrupt.ts';

/** What a command gets from the program. */
export interface Context {
  /** Takes the exit code. */
  readonly exit: (code: number) => void;
  readonly interrupt: Interrupt;
}
