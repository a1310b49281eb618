import { FileError } from './file-error.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The text of a file: UTF-8, with or without a byte order mark, or UTF-16 with one, as PowerShell 5 writes it.
 * @throws FileError with the place of the first invalid byte
 */
export const textOf = (bytes: Buffer): string => {
  const text = decoded(bytes, wideEncoding(bytes) ?? 'utf-8');
  const zero = text.indexOf('\0');
  if (zero >= 0) throw new FileError({ kind: 'zero-byte', offset: Buffer.byteLength(text.slice(0, zero)) });
  return text;
};

/** The encoding that a byte order mark declares. Null if there is none, or if it says UTF-8. */
export const wideEncoding = (bytes: Buffer): 'utf-16le' | 'utf-16be' | null => {
  const mark = bytes.subarray(0, 4).toString('hex');
  // Check UTF-32 first: its little-endian mark begins like UTF-16's.
  if (mark === 'fffe0000' || mark === '0000feff') throw new FileError({ kind: 'unsupported', encoding: 'UTF-32' });
  if (mark.startsWith('fffe')) return 'utf-16le';
  return mark.startsWith('feff') ? 'utf-16be' : null;
};

/** Without its byte order mark, which TextDecoder removes. */
export const decoded = (bytes: Buffer, encoding: Encoding): string => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const offset = firstWrong(bytes, encoding);
    const line = bytes.subarray(0, offset).filter((byte) => byte === lineEnd).length + 1;
    throw new FileError({ kind: 'not-text', encoding: encoding.toUpperCase(), offset, line });
  }
};

const lineEnd = 0x0a;

/** Offset of the first character that cannot be decoded. */
const firstWrong = (bytes: Buffer, encoding: Encoding): number => {
  /** `stream`: allows an incomplete character at the end. */
  const isFine = (count: number, stream: boolean): boolean => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, count), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let fine = 0;
  for (let wrong = bytes.length + 1; wrong - fine > 1; ) {
    const middle = Math.floor((fine + wrong) / 2);
    if (isFine(middle, true)) fine = middle;
    else wrong = middle;
  }
  while (fine > 0 && !isFine(fine, false)) fine -= 1;
  return fine;
};
