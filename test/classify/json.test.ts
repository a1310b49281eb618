import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLimits, readJson, readObject } from '../../src/classify/json.ts';

const nested = (depth: number, open: string, inner: string, close: string): string =>
  open.repeat(depth) + inner + close.repeat(depth);

describe('a body', () => {
  it('parses as with JSON.parse, ignoring outer white space and a byte-order mark', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 10 }), fc.constantFrom('', ' ', '\r\n', '\ufeff'), (json, around) => {
        expect(readJson(around + json + around)).toEqual({ kind: 'value', value: JSON.parse(json) });
      }),
    );
  });

  it('that is not JSON throws nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { kind } = readJson(text);
        let isJson = true;
        try {
          JSON.parse(text.trim());
        } catch {
          isJson = false;
        }
        expect(kind).toBe(isJson ? 'value' : 'none');
      }),
    );
    for (const text of ['', ' ', 'OK', '<html>', '{', '"\\', '{"a":}', 'nul', '\0{}'])
      expect(readJson(text).kind).toBe('none');
  });

  it('may be nested as deeply as real responses are; brackets in strings do not count', () => {
    const { depth } = jsonLimits;
    expect(readJson(nested(depth, '[', '1', ']')).kind).toBe('value');
    expect(readJson(nested(depth, '{"a":', '1', '}')).kind).toBe('value');
    expect(readJson(JSON.stringify({ text: '[{'.repeat(1_000), quoted: '"[['.repeat(100), slash: '\\' })).kind).toBe(
      'value',
    );
    for (const deep of [nested(depth + 1, '[', '1', ']'), nested(depth + 1, '{"a":', '1', '}'), '['.repeat(depth + 1)])
      expect(readJson(deep)).toEqual({ kind: 'refused', why: 'nested more than 64 levels deep' });
  });

  it('uses no deep stack, however deeply it is nested, even when it never ends', () => {
    for (const text of [nested(1_000_000, '[', '', ']'), nested(300_000, '{"a":', '1', '}'), '[{"a":'.repeat(300_000)])
      expect(readJson(text).kind).toBe('refused');
  });

  it('may have any names: none reaches the prototype of objects', () => {
    const object = readObject('{"__proto__":{"status":"down"},"constructor":1,"toString":2,"hasOwnProperty":3}');
    expect(Object.keys(object ?? {})).toEqual(['__proto__', 'constructor', 'toString', 'hasOwnProperty']);
    expect(object?.['status']).toBeUndefined();
    expect(({} as Record<string, unknown>)['status']).toBeUndefined();
  });

  it('is an object only when it is one', () => {
    expect(readObject('{"a":1}')).toEqual({ a: 1 });
    for (const other of ['[]', '1', 'null', '"{}"', 'OK', '['.repeat(100)]) expect(readObject(other)).toBeNull();
  });
});
