import type { Colors } from './paint.ts';

/** The context for drawing every part of the page. */
export interface Page {
  /** Characters per line. */
  readonly width: number;
  readonly colors: Colors;
  /** Milliseconds of the longest bar. */
  readonly slowest: number;
  /** Each passing request with its bar of phases. */
  readonly isVerbose: boolean;
}

/** A part of the page with its own heading. */
export interface Section {
  /** Whether it contains a failure that is not already known. */
  readonly trouble: boolean;
  readonly lines: readonly string[];
}
