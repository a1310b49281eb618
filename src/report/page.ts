import type { Colors } from './paint.ts';

/** What every part of the page is drawn with. */
export interface Page {
  /** Characters of a line. */
  readonly width: number;
  readonly colors: Colors;
  /** Milliseconds that the longest bar stands for. */
  readonly slowest: number;
}

/** A part of the page with a heading of its own. */
export interface Section {
  /** Whether something in it is not well and no news of long ago. */
  readonly trouble: boolean;
  readonly lines: readonly string[];
}
