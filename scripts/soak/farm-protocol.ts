import type { GenerationName } from '../../src/sandbox/generations.ts';

/** The farm answers each request with a message of the same number. */
export type FarmRequest =
  | {
      readonly kind: 'open';
      readonly number: number;
      readonly fault: string | null;
      readonly generation: GenerationName;
      readonly mlflowUrl: string | null;
    }
  | { readonly kind: 'close'; readonly number: number; readonly configurationFile: string }
  | { readonly kind: 'late'; readonly number: number; readonly since: number };

export type FarmMessage =
  | { readonly kind: 'done'; readonly number: number; readonly configurationFile: string; readonly lateMs: number }
  | { readonly kind: 'failed'; readonly number: number; readonly reason: string };
