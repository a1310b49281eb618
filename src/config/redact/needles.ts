import { plainView } from './view.ts';

/** One form in which a secret can stand in a view. */
export interface Needle {
  readonly text: string;
  /** `base64`: case matters, and both alphabets count. */
  readonly kind: 'folded' | 'base64';
  /** Characters on either side that hold some of its bits beside others. */
  readonly before: 0 | 1;
  readonly after: 0 | 1;
  /** From how many characters on the beginning of it is removed at the end of a text, and its end at the beginning. */
  readonly cutEnd: number;
  readonly cutStart: number;
}

/** Shorter texts are part of everything. */
const shortestEncoded = 8;

/** Every form of a secret but those that views read already (escapes, case, invisible characters). */
export const needlesOf = (secret: string): readonly Needle[] => {
  const plain = plainView(secret).folded;
  if (plain === '') return [];
  const bytes = Buffer.from(secret, 'utf8');
  // Escapes of URLs stand for bytes: a secret beyond ASCII is read from them as if it were Latin-1.
  const asBytes = plainView(bytes.toString('latin1')).folded;
  const asTold = [...new Set([plain, asBytes])].map((text): Needle => ({ ...whole, text, cutEnd: 4 }));
  const encoded: readonly Needle[] = [
    { ...whole, text: bytes.toString('hex') },
    ...[0, 1, 2].map((offset): Needle => ({ ...whole, kind: 'base64', ...base64Core(bytes, offset) })),
  ];
  return [...asTold, ...encoded.filter(({ text }) => text.length >= shortestEncoded)];
};

const whole = { kind: 'folded', before: 0, after: 0, cutEnd: shortestEncoded, cutStart: shortestEncoded } as const;

/** The characters of base64 that a secret alone decides, when so many bytes of its group of three come before it. */
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

/** The alphabet for URLs (RFC 4648, section 5) as the standard one, character by character. */
export const standardBase64 = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/');
