import { plainView } from './view.ts';

/** One form of a secret in a view. */
export interface Needle {
  readonly text: string;
  /** `base64`: case-sensitive, in both alphabets. */
  readonly kind: 'folded' | 'base64';
  /** Neighbouring characters that hold some of its bits. */
  readonly before: 0 | 1;
  readonly after: 0 | 1;
  /** A part of at least this many characters is removed at the end of a text (the secret's start), or at its start (the secret's end). */
  readonly cutEnd: number;
  readonly cutStart: number;
}

/** Shorter texts occur everywhere. */
const shortestEncoded = 8;

/** Every form of a secret, apart from those that views undo: escapes, case, invisible characters. */
export const needlesOf = (secret: string): readonly Needle[] => {
  const plain = plainView(secret).folded;
  if (plain === '') return [];
  const bytes = Buffer.from(secret, 'utf8');
  // URL escapes stand for bytes: decoding reads a non-ASCII secret as Latin-1.
  const asBytes = plainView(bytes.toString('latin1')).folded;
  const asTold = [...new Set([plain, asBytes])].map((text): Needle => ({ ...whole, text, cutEnd: 4 }));
  const encoded: readonly Needle[] = [
    { ...whole, text: bytes.toString('hex') },
    ...[0, 1, 2].map((offset): Needle => ({ ...whole, kind: 'base64', ...base64Core(bytes, offset) })),
  ];
  return [...asTold, ...encoded.filter(({ text }) => text.length >= shortestEncoded)];
};

const whole = { kind: 'folded', before: 0, after: 0, cutEnd: shortestEncoded, cutStart: shortestEncoded } as const;

/** The base64 characters that depend on the secret alone; `offset`: bytes before it in its group of three. */
const base64Core = (bytes: Buffer, offset: number): Pick<Needle, 'text' | 'before' | 'after'> => {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const firstBit = offset * 8;
  const lastBit = (offset + bytes.length) * 8;
  return {
    text: encoded.slice(Math.ceil(firstBit / 6), Math.floor(lastBit / 6)),
    before: firstBit % 6 === 0 ? 0 : 1,
    after: lastBit % 6 === 0 ? 0 : 1,
  };
};

/** Maps the URL alphabet (RFC 4648, section 5) to the standard one, character by character. */
export const standardBase64 = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/');
