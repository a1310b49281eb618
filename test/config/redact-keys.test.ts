import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/config/redact.ts';
import { createKeep } from '../../src/raw/keep.ts';
import { Raw } from '../../src/raw/raw.ts';
import { newSeed } from '../fuzz/seed.ts';
import { echoes } from './echoes.ts';

/** In every title, so that a failure can be repeated from the log: FUZZ_SEED=… */
const seed = newSeed();

const mask = '[redacted]';
/** Few different characters, so that keys overlap themselves and each other, and some that escapes are made of. */
const characters = ['a', 'B', 'c', '1', '_', '-', '.', '+', '/', '=', '%', '\\', '&', ';', '4', 'é', 'K', '😀'];
const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 24 }),
  fc.constantFrom(
    'hk_test_aB1',
    'redacted',
    mask,
    `a${mask}b`,
    '%41%42%43%44',
    '\\u0041',
    '&amp;',
    '__proto__',
    'toString',
  ),
);

/** Keys that are parts of each other, that overlap, or that two others make together. */
const keys = fc.tuple(word, word, word, fc.nat()).map(([one, other, third, choice]): readonly string[] => {
  const half = Math.ceil(one.length / 2);
  const related = [
    [one, one + other],
    [one, other + one],
    [one, one.slice(0, half), one.slice(half)],
    [one + other, other + third],
    [one, other, one + other],
    [one, mask + one, one + mask],
    [one, one.toUpperCase(), [...one].reverse().join('')],
    [one.repeat(3), one],
  ];
  return (related[choice % related.length] ?? [one]).filter((key) => key !== '');
});

/** Text around keys: what completes or interrupts an escape, a name of the language's own, or a shape. */
const glue = fc.constantFrom(
  ...['', ' ', '"', '\n', '\r\n  ', '\u200b', '\u00ad', '%', '%2', '%25', '%u', '\\', '\\u', '\\u{', '\\x', '\\\\'],
  ...['&', '&#', '&#x', ';', '}', '&toString;', '&valueOf;', '&__proto__;', '&amp;', mask, '[redact', 'ed]', '\ud83d'],
  ...[
    '\ude00',
    'Bearer ',
    'password=',
    'authorization: ',
    '://u:',
    '@',
    'eyJ',
    'eyJa.',
    'cookie: a=',
    '&sig=',
    '\uffff',
  ],
);

/** Whole, cut and echoed keys, and what stands between them. */
const textWith = (known: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        glue,
        fc
          .tuple(fc.constantFrom(...known), fc.constantFrom(...Object.values(echoes)), fc.nat(), fc.nat())
          .map(([key, echo, from, to]) => {
            const shown = key.length < 2 ? key : echo(key, (count) => from % count);
            return to % 3 === 0 ? shown.slice(from % shown.length, shown.length - (to % shown.length)) : shown;
          }),
      ),
      { maxLength: 10 },
    )
    .map((pieces) => pieces.join(''));

const cases = keys.chain((known) => fc.record({ known: fc.constant(known), text: textWith(known) }));

/** The prober's own words hold no key, whatever it is: masks, cut ones too, and how much was cut. */
const cutMasks = [...mask].map((_, index) => mask.slice(0, mask.length - index));
const without = (text: string): string => {
  const own = text.replace(/… [\d,]+ more$/, '');
  const cut = cutMasks.find((part) => own.endsWith(part));
  return own.slice(0, own.length - (cut?.length ?? 0)).replaceAll(mask, '\n');
};

describe(`keys that overlap, in texts that tear them apart (FUZZ_SEED=${seed})`, () => {
  it('no key is left, and a second redaction changes nothing', () => {
    fc.assert(
      fc.property(cases, ({ known, text }) => {
        const redact = createRedactor(known);
        const once = redact(text);
        for (const key of known) expect(without(once)).not.toContain(key.includes(mask) ? mask : key);
        expect(redact(once)).toBe(once);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it('no key is left in what is kept and cut', () => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom('detail' as const, 'version' as const, 'judged' as const),
        ({ known, text }, limit) => {
          const kept = createKeep(createRedactor(known))(Raw.from(text.repeat(4)), limit);
          for (const key of known) expect(without(kept)).not.toContain(key.includes(mask) ? mask : key);
        },
      ),
      { seed, numRuns: 1_000 },
    );
  });
});
