import type { SandboxOptions } from './topology.ts';

export interface ThreadData {
  readonly options: SandboxOptions;
  readonly faultIds: readonly string[];
}

/** One sandbox at a time: `start`, then `close`, and so on. */
export type ThreadRequest =
  /**
   * `folder`: for the sandbox's files. The main thread creates and removes it, because a thread can be terminated at
   * any moment.
   */
  ({ readonly kind: 'start'; readonly folder: string } & ThreadData) | { readonly kind: 'close' };

export type ThreadMessage =
  | { readonly kind: 'started'; readonly configurationFile: string; readonly configuration: string }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Includes the worst event loop lag of the thread, in milliseconds. */
  | { readonly kind: 'closed'; readonly lateMs: number };
