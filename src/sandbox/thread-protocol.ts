import type { SandboxOptions } from './topology.ts';

export interface ThreadData {
  readonly options: SandboxOptions;
  readonly faultIds: readonly string[];
}

export type ThreadMessage =
  | { readonly kind: 'started'; readonly configurationFile: string; readonly configuration: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'closed' };
