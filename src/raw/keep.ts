import type { Redactor } from '../config/redact.ts';
import { limited, type TextLimit } from '../model/text-limits.ts';
import { Raw, reveal } from './raw.ts';

/** Turns raw text into text for people: redacts secrets first, then cuts it to the limit of its kind. */
export type Keep = (raw: Raw, limit: TextLimit) => string;

/**
 * Line breaks and invisible characters. A secret can contain them and the redactor handles that, so they are removed
 * after it.
 */
const unseen = /[\p{C}\s]+/gu;

/**
 * In any other order, a secret that is cut in two would not be recognised. Only text that is judged keeps its lines.
 */
export const createKeep =
  (redact: Redactor): Keep =>
  (raw, limit) => {
    const kept = redact(reveal(raw));
    if (limit === 'judged') return limited(kept, limit);
    const line = kept.replace(unseen, ' ').trim();
    return limited(line === kept ? kept : redact(line), limit);
  };

/** For text that arrives as a string, such as the message of one of our own errors that may quote a response. */
export const keepText =
  (keep: Keep, limit: TextLimit) =>
  (text: string): string =>
    keep(Raw.from(text), limit);
