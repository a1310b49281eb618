import type { Interrupt } from './interrupt.ts';

/** The program's services for a command. */
export interface Context {
  /** Sets the exit code. */
  readonly exit: (code: number) => void;
  readonly interrupt: Interrupt;
}
