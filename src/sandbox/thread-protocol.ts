import type { SandboxOptions } from './topology.ts';

export interface ThreadData {
  readonly options: SandboxOptions;
  readonly faultIds: readonly string[];
}

/** One sandbox at a time: `start`, then `close`, and so on. */
export type ThreadRequest =
  /** `folder`: for the sandbox's files. The main thread makes and removes it, for a thread can be ended at any moment. */
  ({ readonly kind: 'start'; readonly folder: string } & ThreadData) | { readonly kind: 'close' };

export type ThreadMessage =
  | { readonly kind: 'started'; readonly configurationFile: string; readonly configuration: string }
  | { readonly kind: 'failed'; readonly reason: string }
  /** With how late the thread's event loop ran at worst, in milliseconds. */
  | { readonly kind: 'closed'; readonly lateMs: number };
