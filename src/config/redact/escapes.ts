/** HTML's names for ASCII punctuation: keys hold nothing else besides letters and digits. */
const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    lowbar: '_',
    UnderBar: '_',
    hyphen: '-',
    dash: '-',
    period: '.',
    comma: ',',
    colon: ':',
    semi: ';',
    sol: '/',
    bsol: '\\',
    equals: '=',
    plus: '+',
    excl: '!',
    num: '#',
    dollar: '$',
    percnt: '%',
    lpar: '(',
    rpar: ')',
    ast: '*',
    midast: '*',
    quest: '?',
    commat: '@',
    lsqb: '[',
    lbrack: '[',
    rsqb: ']',
    rbrack: ']',
    Hat: '^',
    grave: '`',
    lcub: '{',
    lbrace: '{',
    rcub: '}',
    rbrace: '}',
    verbar: '|',
    vert: '|',
    Tab: '\t',
    NewLine: '\n',
  }),
);

/** One-letter escapes of JSON and JavaScript. Any other character after a backslash stands for itself. */
const letters: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
]);

export interface Decoded {
  readonly code: number;
  /** Characters of the escape. */
  readonly length: number;
}

/** The escape of URLs, JSON, JavaScript or HTML that starts at `index`; null: none. Reads only a few characters. */
export const decodeAt = (text: string, index: number): Decoded | null => {
  switch (text.charCodeAt(index)) {
    case 0x25:
      return percentAt(text, index);
    case 0x5c:
      return backslashAt(text, index);
    case 0x26:
      return text[index + 1] === '#' ? numberAt(text, index) : namedAt(text, index);
    default:
      return null;
  }
};

interface Digits {
  readonly least: number;
  readonly most: number;
  readonly radix: 10 | 16;
}

const twoHex: Digits = { least: 2, most: 2, radix: 16 };
const fourHex: Digits = { least: 4, most: 4, radix: 16 };

/** `%5f`, and `%u005f` from old servers. */
const percentAt = (text: string, index: number): Decoded | null =>
  isLetter(text, index + 1, 'u') ? digitsAt(text, index, 2, fourHex) : digitsAt(text, index, 1, twoHex);

const backslashAt = (text: string, index: number): Decoded | null => {
  const next = text[index + 1];
  if (next === undefined) return null;
  if (next === 'x') return digitsAt(text, index, 2, twoHex);
  if (next === 'u' && text[index + 2] === '{')
    return closed(text, index, digitsAt(text, index, 3, { least: 1, most: 6, radix: 16 }), '}');
  // A backslash before another escape is not part of that escape.
  if (next === '%' || next === '&') return null;
  // Without digits it is a cut-off escape, not the letter u.
  if (next === 'u') return digitsAt(text, index, 2, fourHex);
  return { code: (letters.get(next) ?? next).charCodeAt(0), length: 2 };
};

/** `&#95;` and `&#x5f;` */
const numberAt = (text: string, index: number): Decoded | null =>
  isLetter(text, index + 2, 'x')
    ? closed(text, index, digitsAt(text, index, 3, { least: 1, most: 8, radix: 16 }), ';')
    : closed(text, index, digitsAt(text, index, 2, { least: 1, most: 8, radix: 10 }), ';');

const longestName = 10;

const namedAt = (text: string, index: number): Decoded | null => {
  const name = text.slice(index + 1, index + 1 + longestName);
  const length = name.indexOf(';');
  const character = length > 0 ? entities.get(name.slice(0, length)) : undefined;
  return character === undefined ? null : { code: character.charCodeAt(0), length: length + 2 };
};

const isLetter = (text: string, index: number, letter: string): boolean => text[index]?.toLowerCase() === letter;

const digitsAt = (text: string, index: number, before: number, { least, most, radix }: Digits): Decoded | null => {
  let code = 0;
  let count = 0;
  for (; count < most; count++) {
    const digit = digitOf(text.charCodeAt(index + before + count));
    if (digit >= radix) break;
    code = code * radix + digit;
  }
  return count < least ? null : { code, length: before + count };
};

/** 99, larger than any radix, for other characters. */
const digitOf = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  return code >= 97 && code <= 102 ? code - 87 : 99;
};

const closed = (text: string, index: number, decoded: Decoded | null, by: '}' | ';'): Decoded | null => {
  if (decoded === null) return null;
  const isClosed = text[index + decoded.length] === by;
  // Browsers accept a missing semicolon.
  if (!isClosed) return by === '}' ? null : decoded;
  return { code: decoded.code, length: decoded.length + 1 };
};

/** An escape that the end of the text cuts off. */
export const openEscape = /[%\\&][#A-Za-z0-9{]{0,10}$/;

export const longestOpenEscape = 11;
