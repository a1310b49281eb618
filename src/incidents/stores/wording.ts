import type { ParsedState } from '../state-schema.ts';
import { StoreError } from '../store.ts';

/** @param where the stored contents, as the subject of a sentence */
export const notAState = (
  where: string,
  { kind, reason }: Exclude<ParsedState, { readonly kind: 'state' }>,
): StoreError =>
  new StoreError(
    kind,
    kind === 'newer'
      ? `${where} ${reason}. It is left unchanged: use the newer version of the program again, or store the incidents elsewhere`
      : `${where} ${reason}`,
  );

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
