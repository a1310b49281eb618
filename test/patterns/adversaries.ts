import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { charactersOf, exampleOf } from './characters.ts';

/** Text that a pattern takes for its own, up to some point. */
interface Reached {
  readonly text: string;
  /** What can be repeated there; empty: nothing. */
  readonly pump: string;
}

/** How often something is repeated before the whole is begun again. */
const repeats = 30;

/** A text that matches the element, for alternatives their first. */
const exampleFor = (element: AST.Element, flags: string): string => {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return exampleOf(charactersOf(element, flags));
    case 'Quantifier':
      return exampleFor(element.element, flags).repeat(Math.max(1, Math.min(element.min, 20)));
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives[0]?.elements.map((inner) => exampleFor(inner, flags)).join('') ?? '';
    default:
      return '';
  }
};

/** Every place of a pattern, with a text that leads to it. */
const placesIn = (alternatives: readonly AST.Alternative[], before: string, flags: string): readonly Reached[] =>
  alternatives.flatMap(({ elements }) => {
    const places: Reached[] = [];
    let text = before;
    for (const element of elements) {
      const inner = element.type === 'Quantifier' ? element.element : element;
      if (inner.type === 'Group' || inner.type === 'CapturingGroup')
        places.push(...placesIn(inner.alternatives, text, flags));
      const example = exampleFor(element, flags);
      if (element.type === 'Quantifier') places.push({ text, pump: exampleFor(element.element, flags) });
      text += example;
      places.push({ text, pump: '' });
    }
    return places;
  });

/** What is hard for any pattern that repeats such characters. */
const runs: readonly string[] = [
  ...[
    'a',
    'A',
    '0',
    ' ',
    '\n',
    '\t',
    '"',
    "'",
    '\\',
    '\\"',
    '<',
    '>',
    '<a',
    '[',
    '{',
    '(',
    '/',
    '.',
    ',',
    ':',
    '-',
    '=',
  ],
  ...['%', '&', '#', '`', '@', '\0', '\r\n', '\u00a0', '\u200b', '\u2028', '\ufeff', '\ud83d', '\ud83d\ude00', 'é'],
  ...['a ', 'a.', 'a,', '": "', '<a>', '1 ms', '\u001b[31m', 'the quick brown fox '],
];

const filled = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/**
 * Texts that a pattern finds hard: what leads to each of its places, again and again; each of its repeats at length, and begun again and
 * again; all of these without an end that it could match.
 */
export const adversariesOf = (source: string, flags: string, length: number): readonly string[] => {
  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, { unicode: /[uv]/.test(flags) });
  const units = placesIn(alternatives, '', flags).flatMap(({ text, pump }) =>
    pump === '' ? [text] : [pump, text + pump.repeat(repeats)],
  );
  const starts = placesIn(alternatives, '', flags).flatMap(({ text, pump }) => (pump === '' ? [] : [{ text, pump }]));
  const texts = [
    ...[...new Set(units), ...runs].filter((unit) => unit !== '').map((unit) => filled(unit, length)),
    ...starts.map(({ text, pump }) => text + filled(pump, length - text.length)),
  ];
  return [...new Set(texts)].map((text) => `${text.slice(0, -1)}\u0007`);
};
