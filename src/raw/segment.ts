import { Raw, reveal } from './raw.ts';

/**
 * The form of a path segment that stays the same however often it is decoded on the way: letters, digits, and the
 * punctuation of names, but no punctuation at the start. So no `.` or `..`, no slash or backslash, no `?`, `#` or `;`,
 * no control character, and no escapes.
 */
const plain = /^[\p{L}\p{Nd}_][\p{L}\p{Nd}_ .@+=,~()-]{0,254}$/u;

/** One part of a URL's path. A raw value becomes one only when it has the form that its kind must have. */
export class Segment extends Raw {
  declare protected readonly kind: 'segment';

  /** A segment of our own words. */
  static own(text: string): Segment {
    return new Segment(text);
  }

  static read(raw: Raw, form: RegExp = plain): Segment | null {
    return raw.hasForm(plain) && raw.hasForm(form) ? new Segment(reveal(raw)) : null;
  }
}
