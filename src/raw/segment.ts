import { Raw, reveal } from './raw.ts';

/**
 * What a part of a path may be, whoever decodes it on the way, and how often: letters, digits, and the punctuation of names, of which
 * it begins with none. So no `.` or `..`, no slash or backslash, no `?`, `#` or `;`, no control character, and nothing escaped.
 */
const plain = /^[\p{L}\p{Nd}_][\p{L}\p{Nd}_ .@+=,~()-]{0,254}$/u;

/** One part of a URL's path. A raw value becomes one only when it has the form that its kind must have. */
export class Segment extends Raw {
  declare protected readonly kind: 'segment';

  /** Of our own words. */
  static own(text: string): Segment {
    return new Segment(text);
  }

  static read(raw: Raw, form: RegExp = plain): Segment | null {
    return raw.hasForm(plain) && raw.hasForm(form) ? new Segment(reveal(raw)) : null;
  }
}
