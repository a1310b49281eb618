import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/config/redact.ts';
import { createKeep, keepText } from '../../src/raw/keep.ts';
import { Raw, reveal } from '../../src/raw/raw.ts';
import { RawBytes } from '../../src/raw/raw-bytes.ts';
import { RawJson } from '../../src/raw/raw-json.ts';

describe('text from outside', () => {
  it('can be compared, measured and taken apart', () => {
    const raw = Raw.from('a,b');
    expect([raw.length, raw.equals(Raw.from('a,b')), raw.equals(Raw.from('a'))]).toEqual([3, true, false]);
    expect([raw.after('a,')?.is('b'), raw.after('b')]).toEqual([true, null]);
    expect(raw.split(',').map(reveal)).toEqual(['a', 'b']);
    expect(raw.parts(/^(.),(.)(c)?$/)?.map(reveal)).toEqual(['a', 'b', '']);
    expect(raw.parts(/^(.)$/)).toBeNull();
    expect([Raw.from('12').integer(), Raw.from('9'.repeat(301)).integer()]).toEqual([12, null]);
  });

  it('has the form of a pattern up to the length that any form needs', () => {
    expect(Raw.from('a'.repeat(2_048)).hasForm(/^a+$/)).toBe(true);
    expect(Raw.from('a'.repeat(2_049)).hasForm(/^a+$/)).toBe(false);
  });
});

describe('a body from outside', () => {
  it('has a length, a checksum and a text', () => {
    const bytes = new RawBytes(Buffer.from('é'));
    expect([bytes.length, reveal(bytes.text)]).toEqual([2, 'é']);
    expect(bytes.checksum).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });

  it('as JSON prints a mark', () => {
    expect(JSON.stringify(RawJson.from(Raw.from('{"a":1}')))).toBe('"[JSON from outside]"');
    expect([...RawJson.empty.list('a')]).toEqual([]);
    const number = RawJson.from(Raw.from('{"a":1,"b":"\\ud800","c":true,"d":[{"value":"v"},{"key":"k"}]}'));
    expect(['a', 'b', 'c'].map((name) => reveal(number.text(name)))).toEqual(['1', '\ufffd', '']);
    expect(number.pair('d', 'k')?.is('')).toBe(true);
  });
});

describe('text that is kept', () => {
  const keep = createKeep(createRedactor(['Zq8vKi2mSn5tRw7y']));
  it('is one line, except where it is judged', () => {
    expect(keep(Raw.from(' a\n\tb\u200bc '), 'detail')).toBe('a b c');
    expect(keep(Raw.from(' a\n\tb\u200bc '), 'judged')).toBe(' a\n\tb\u200bc ');
    expect(keepText(keep, 'detail')('my Zq8vKi2mSn5tRw7y')).toBe('my [redacted]');
  });
  it('holds no secret that only becomes one on one line', () => {
    expect(keep(Raw.from('Bearer\u00a0\u00a0abcdefgh12345678'), 'detail')).toBe('Bearer [redacted]');
  });
});

describe('a short secret', () => {
  const redact = createRedactor(['ab1']);
  it('is removed, but its encodings occur everywhere', () => {
    expect(redact('x ab1 y')).toBe('x [redacted] y');
    const hex = Buffer.from('ab1').toString('hex');
    expect(redact(`x ${hex} y`)).toBe(`x ${hex} y`);
    expect(createRedactor(['abc1'])(`x ${Buffer.from('abc1').toString('hex')} y`)).toBe('x [redacted] y');
  });
  it('that is empty or invisible is none', () => {
    expect(createRedactor(['', '\u200b'])('x \u200b y')).toBe('x \u200b y');
  });
});
