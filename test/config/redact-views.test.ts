import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/config/redact.ts';
import { echoes } from './echoes.ts';

/** Of no known form, so only its own letters give it away. */
const secret = 'Zq8vKi2mSn5tRw7y';
const redact = createRedactor([secret]);
const split = (code: number): string => secret.slice(0, 5) + String.fromCharCode(code) + secret.slice(5);
const hex = (code: number): string => code.toString(16);

describe('a secret', () => {
  it.each(Object.entries(echoes))('is removed as the whole text, echoed %s', (_, echo) => {
    expect(redact(echo(secret, (choices) => Math.floor(choices / 2)))).toContain('[redacted]');
  });

  it.each([0x0, 0x1f, 0x7f, 0x80, 0x9f, 0xad, 0x200b, 0x200f, 0x2028, 0x202e, 0x2060, 0x206f, 0xfeff].map(hex))(
    'is found around the invisible character U+%s',
    (code) => {
      expect(redact(split(Number.parseInt(code, 16)))).toBe('[redacted]');
    },
  );

  it.each([0x20, 0x7e, 0xa0, 0xac, 0xae, 0x200a, 0x2010, 0x2027, 0x202f, 0x205f, 0x2070, 0xfefe].map(hex))(
    'is another text with the visible character U+%s in it',
    (code) => {
      const text = split(Number.parseInt(code, 16));
      expect(redact(text)).toBe(text);
    },
  );

  it('is found where a line is folded, but not where words follow each other', () => {
    for (const fold of ['\n', '\r', '\r\n', '\n  ', '\r \u200b ', '\n\n '])
      expect(redact(`a ${secret.slice(0, 5)}${fold}${secret.slice(5)} b`)).toBe('a [redacted] b');
    for (const gap of [' ', '\t ', ' \n']) {
      const text = `a ${secret.slice(0, 5)}${gap}${secret.slice(5)} b`;
      expect(redact(text)).toBe(text);
    }
  });

  it.each([
    ['k', '\u212a'],
    ['i', '\u0130'],
    ['i', '\u0131'],
    ['s', '\u017f'],
    ['a', 'A'],
    ['z', 'Z'],
  ])('with %s in it is found where case conversion made %s of it', (letter, variant) => {
    expect(createRedactor([`0123${letter}4567`])(`x 0123${variant}4567 y`)).toBe('x [redacted] y');
  });

  it.each([
    ['@', '`'],
    ['[', '{'],
  ])('with %s in it does not match %s: they are no letters', (one, other) => {
    expect(createRedactor([`0123${one}4567\0`])(`x\0 0123${other}4567 y`)).toBe(`x\0 0123${other}4567 y`);
  });

  it('in an earlier replacement’s place does not join what stands around it', () => {
    const text = `a ${secret.slice(0, 5)}[redacted]${secret.slice(5)} [redacted] b`;
    expect(redact(text)).toBe(text);
  });

  it.each([0, 1, 2].flatMap((before) => [15, 16, 17].map((length) => [before, length] as const)))(
    'in base64, %d bytes from the start, is removed with the characters that hold its bits, and no others (%d bytes)',
    (before, length) => {
      const own = 'Zq8vKi2mSn5tRw7yX'.slice(0, length);
      const encoded = Buffer.from(`${'<<<'}${'<'.repeat(before)}${own}>>>>>>`).toString('base64');
      const [from, to] = [Math.floor(((3 + before) * 8) / 6), Math.ceil(((3 + before + length) * 8) / 6)];
      expect(createRedactor([own])(`"${encoded}"`)).toBe(`"${encoded.slice(0, from)}[redacted]${encoded.slice(to)}"`);
    },
  );
});

describe('a part of a secret', () => {
  it('is removed at the end of a text from its fourth character on, at the start from its eighth', () => {
    for (let count = 1; count < secret.length; count++) {
      const [head, tail] = [secret.slice(0, count), secret.slice(-count)];
      expect(redact(`it is ${head}`)).toBe(count < 4 ? `it is ${head}` : 'it is [redacted]');
      expect(redact(`${tail} it is`)).toBe(count < 8 ? `${tail} it is` : '[redacted] it is');
    }
  });

  it('is removed at the end of a text together with an escape that is cut off there', () => {
    for (const open of ['%', '%5', '\\', '\\u00', '\\u{0', '&', '&#x5', '&lowbar'])
      expect(redact(`it is ${secret.slice(0, 6)}${open}`)).toBe('it is [redacted]');
  });

  it('is left alone in the middle of a text', () => {
    const text = `it is ${secret.slice(0, 12)}, and ${secret.slice(-12)} too`;
    expect(redact(text)).toBe(text);
  });

  it('that repeats its own start is removed whole', () => {
    const own = createRedactor(['abcabcabdabcabcabe']);
    expect(own('it is abcabcabcabd')).toBe('it is abc[redacted]');
    expect(own('it is abcabcabdabcabc')).toBe('it is [redacted]');
  });
});
