import type { Redactor } from '../config/redact.ts';
import { limited, type TextLimit } from '../model/text-limits.ts';
import { Raw, reveal } from './raw.ts';

/** Makes text for people of raw text: first without secrets, then no longer than its kind may be. */
export type Keep = (raw: Raw, limit: TextLimit) => string;

/** Line ends, and what nobody sees. A secret can be broken by it, which the redactor reads, so it goes after that. */
const unseen = /[\p{C}\s]+/gu;

/** In another order, a secret that is cut in two would not be recognized. Only what is judged keeps its lines. */
export const createKeep =
  (redact: Redactor): Keep =>
  (raw, limit) => {
    const kept = redact(reveal(raw));
    if (limit === 'judged') return limited(kept, limit);
    const line = kept.replace(unseen, ' ').trim();
    return limited(line === kept ? kept : redact(line), limit);
  };

/** For text that comes as a string, such as the message of an error of our own that may quote an answer. */
export const keepText =
  (keep: Keep, limit: TextLimit) =>
  (text: string): string =>
    keep(Raw.from(text), limit);
