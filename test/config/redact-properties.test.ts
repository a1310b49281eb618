import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/config/redact.ts';
import { newSeed } from '../fuzz/seed.ts';
import { madeUpKey } from './documents.ts';
import { echoes, readings } from './echoes.ts';

/** In every title, so that a failure can be repeated from the log. */
const seed = newSeed();
const repeatable = `(FUZZ_SEED=${seed})`;

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const letters = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 16, maxLength: 40 });

/** Keys of the platform, and keys of any other form. */
const secretParts = fc.oneof(
  letters.map((part) => ({ secret: `hk_test_${part}`, part })),
  letters.map((part) => ({ secret: part, part })),
  fc
    .string({ unit: fc.constantFrom(...alphabet, ...'-_.~+/=:'), minLength: 16, maxLength: 40 })
    .map((part) => ({ secret: part, part })),
);

/** What stands around it: anything, and much of what escapes begin with; a mark sets it apart, as in every real answer. */
const surrounding = fc.string({
  unit: fc.oneof(fc.constantFrom(...'%\\&#;="{}<>/+ \n'), fc.string({ minLength: 1, maxLength: 1 })),
  maxLength: 40,
});
const mark = fc.constantFrom(' ', '"', "'", '<', '(', '\n');

const window = 8;
const windows = (text: string): readonly string[] =>
  Array.from({ length: text.length - window + 1 }, (_, index) => text.slice(index, index + window).toLowerCase());

const holdsPart = (text: string, part: string): boolean => {
  const read = readings(text).map((each) => each.toLowerCase());
  return windows(part).some((piece) => read.some((each) => each.includes(piece)));
};

describe(`any secret in any text ${repeatable}`, () => {
  it.each(Object.entries(echoes))('leaves no eight characters in a row when it is echoed %s', (_, echo) => {
    fc.assert(
      fc.property(
        secretParts,
        fc.record({ before: surrounding, open: mark, close: mark, after: surrounding }),
        fc.infiniteStream(fc.nat()),
        (key, { before, open, close, after }, choices) => {
          fc.pre(!holdsPart(before, key.part) && !holdsPart(after, key.part));
          const pick = (count: number): number => (choices.next().value ?? 0) % count;
          const text = `${before}${open}${echo(key.secret, pick)}${close}${after}`;
          const redacted = createRedactor([key.secret])(text);
          expect(redacted).toContain('[redacted]');
          expect(holdsPart(redacted, key.part)).toBe(false);
        },
      ),
      { seed, numRuns: 60 },
    );
  });

  it('is found without a delimiter around it', () => {
    fc.assert(
      fc.property(secretParts, surrounding, surrounding, ({ secret, part }, before, after) => {
        fc.pre(!holdsPart(before, part) && !holdsPart(after, part));
        expect(createRedactor([secret])(before + secret + after)).not.toContain(secret);
      }),
      { seed },
    );
  });

  it('leaves nothing at the end of a text that is cut after its fourth character or later', () => {
    fc.assert(
      fc.property(
        secretParts,
        fc.record({ before: surrounding, open: mark }),
        fc.nat(),
        fc.boolean(),
        ({ secret }, { before, open }, length, isEscaped) => {
          const count = 4 + (length % (secret.length - 4));
          const cut = secret.slice(0, count);
          const shown = isEscaped ? [...cut].map((it) => `%${it.charCodeAt(0).toString(16)}`).join('') : cut;
          expect(createRedactor([secret])(before + open + shown)).toMatch(/\[redacted\]$/);
        },
      ),
      { seed },
    );
  });

  it('leaves nothing at the start of a text that is cut eight characters or more before its end', () => {
    fc.assert(
      fc.property(secretParts, mark, surrounding, fc.nat(), ({ secret }, close, after, length) => {
        const count = 8 + (length % (secret.length - 8));
        expect(createRedactor([secret])(secret.slice(-count) + close + after)).toMatch(/^\[redacted\]/);
      }),
      { seed },
    );
  });
});

describe(`any text ${repeatable}`, () => {
  const redact = createRedactor([madeUpKey]);
  const anyText = fc.string({ unit: 'binary', maxLength: 300 });

  it('stays unchanged without a secret', () => {
    const shapes = /hk_|bearer|eyj|a[ks]ia|private|:\/\/|authorization|cookie|pass|pwd|secret|api|token/i;
    fc.assert(
      fc.property(fc.oneof(anyText, surrounding), (text) => {
        fc.pre(!shapes.test(text));
        expect(redact(text)).toBe(text);
      }),
      { seed },
    );
  });

  it('is the same after one redaction as after two, and nothing throws', () => {
    const piece = fc.oneof(
      anyText,
      surrounding,
      fc.constantFrom(
        madeUpKey,
        madeUpKey.slice(0, 9),
        madeUpKey.slice(-9),
        '[redacted]',
        'hk_live_',
        'Bearer ',
        'authorization: ',
        'password=',
        'Set-Cookie: a=',
        '://u:',
        '@',
        'eyJ',
        '.',
        'AKIA',
        '%',
        '\\',
        '&',
        '&toString;',
        '&__proto__;',
      ),
      fc.constantFrom(...Object.values(echoes)).map((echo) => echo(madeUpKey, (count) => count - 1)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const once = redact(pieces.join(''));
        expect(redact(once)).toBe(once);
        expect(once).not.toContain(madeUpKey);
      }),
      { seed, numRuns: 2_000 },
    );
  });
});
