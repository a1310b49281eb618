import { hasUnicode } from './terminal.ts';

/** Signs of our output in ASCII. Most are as wide, so that columns stay in line. */
const signs: Readonly<Record<string, string>> = {
  ...{ '✓': '+', '✗': 'x', '·': '-', '•': '*', '→': '->', '…': '...', '×': 'x', '±': '+-', '≤': '<=', '≥': '>=' },
  ...{ '–': '-', '—': '-', '’': "'", '‘': "'", '“': '"', '”': '"', '\u00a0': ' ' },
  // The phases of a bar.
  ...{ '░': '.', '▒': ':', '▓': '=', '█': '#' },
};

const notAscii = /[^\0-\x7f]/gu;
const accents = /\p{M}/gu;

/** In ASCII: our signs by others, letters without their accents, and anything else as a question mark. */
export const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(accents, '')
    .replace(notAscii, (found) => signs[found] ?? '?');

/** The text for a reader whose locale or terminal shows ASCII only; otherwise as it is. */
export const readable = (text: string): string => (hasUnicode(process.env) ? text : ascii(text));
