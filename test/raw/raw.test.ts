import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/config/redact.ts';
import { addressBelow } from '../../src/raw/address.ts';
import { jsonBody } from '../../src/raw/json-body.ts';
import { createKeep } from '../../src/raw/keep.ts';
import { joined, phrase, Raw, reveal } from '../../src/raw/raw.ts';
import { RawBytes } from '../../src/raw/raw-bytes.ts';
import { RawJson } from '../../src/raw/raw-json.ts';
import { Segment } from '../../src/raw/segment.ts';

const key = 'hk_test_0123456789abcdefghijklmn';
const raw = Raw.from(key);
const keep = createKeep(createRedactor([key]));

describe('text from outside', () => {
  it.each<[string, () => unknown]>([
    ['a template', () => `${raw}`],
    ['String()', () => String(raw)],
    ['concatenation', () => 'it says '.concat(String(raw))],
    ['JSON', () => JSON.stringify({ raw, list: [raw], answer: RawJson.from(Raw.from(`{"a":"${key}"}`)) })],
    ['util.inspect', () => inspect({ raw, answer: RawJson.from(Raw.from(`{"a":"${key}"}`)) }, { showHidden: true })],
    ['an error', () => inspect(new Error(`${raw}`, { cause: raw }))],
    ['its properties', () => [Object.keys(raw), Object.entries(raw), { ...raw }, Object.getOwnPropertyNames(raw)]],
    ['a copy', () => JSON.stringify(structuredClone({ raw: { ...raw } }))],
    ['a phrase', () => String(phrase`it says ${raw}`)],
    ['bytes', () => inspect(new RawBytes(Buffer.from(key))) + JSON.stringify(new RawBytes(Buffer.from(key)))],
    ['a body to be sent', () => `${jsonBody({ name: raw })}`],
    ['an address to be asked', () => inspect(addressBelow('https://host.test/base', [Segment.own(key)]))],
  ])('shows nothing in %s', (_, show) => {
    const shown = inspect(show(), { depth: null });
    expect(shown).not.toContain(key);
    expect(shown).not.toContain('0123456789');
  });

  it('leaves a visible mark in a template, in JSON and in a log', () => {
    expect(`${raw} ${JSON.stringify(raw)} ${inspect([raw])}`).toBe(
      '[text from outside] "[text from outside]" [ [text from outside] ]',
    );
  });

  it('is redacted before it is cut, so that no half of a secret remains', () => {
    for (let before = 440; before < 520; before++) {
      const kept = keep(Raw.from(`${'.'.repeat(before)}${key}${'.'.repeat(200)}`), 'detail');
      expect(kept).not.toMatch(/hk_test|0123/);
      expect(kept.length).toBeLessThanOrEqual(500);
    }
  });

  it('says how much was cut', () => {
    const kept = keep(Raw.from('.'.repeat(60_000)), 'location');
    expect(kept).toMatch(/^\.{487}… 59,513 more$/);
    expect(keep(Raw.from(kept), 'location')).toBe(kept);
  });

  it('is never cut inside a character', () => {
    for (let before = 470; before < 500; before++)
      expect(keep(Raw.from(`${'.'.repeat(before)}${'😀'.repeat(100)}`), 'detail').isWellFormed()).toBe(true);
  });

  it('is sent back unchanged', () => {
    expect(reveal(jsonBody({ name: raw, list: [raw, 1, null], deep: { raw } }))).toBe(
      `{"name":"${key}","list":["${key}",1,null],"deep":{"raw":"${key}"}}`,
    );
    const { path } = addressBelow('https://host.test/base', [Segment.own('a b')], {
      id: raw,
      filter: phrase`x='${raw}'`,
    });
    expect(reveal(path)).toBe(`/base/a%20b?id=${key}&filter=x%3D%27${key}%27`);
  });

  it('can be compared and parsed', () => {
    expect(Raw.from('gzip').oneOf(['gzip', 'br'])).toBe('gzip');
    expect(Raw.from('zip').oneOf(['gzip', 'br'])).toBeNull();
    expect(Raw.from('12').integer()).toBe(12);
    expect(['', '-1', '1.5', '1e3', '0x10', ' 1', '1\n', '１'].map((text) => Raw.from(text).integer())).toEqual(
      Array(8).fill(null),
    );
    expect(Raw.from(' GZip ').folded().is('gzip')).toBe(true);
    expect(reveal(joined([raw, raw], ', '))).toBe(`${key}, ${key}`);
    expect(Raw.from('models:/m-1').after('models:/')?.is('m-1')).toBe(true);
    // A form is held against what has the length of one.
    expect(Raw.from('a'.repeat(3_000)).hasForm(/^a+$/)).toBe(false);
  });
});

describe('JSON from outside', () => {
  const read = (text: string): RawJson => RawJson.from(Raw.from(text));

  it('is empty when it is invalid or has another type', () => {
    for (const text of ['', 'null', '[]', '"text"', '<html>', '{', '{"a":1']) {
      expect(read(text).text('a').is('')).toBe(true);
      expect(read(text).object('a').list('b')).toEqual([]);
    }
    const answer = read('{"a":{"b":[1,"x",null,{"c":"d"}]},"n":7,"t":true}');
    expect(
      answer
        .object('a')
        .list('b')
        .map((one) => one.text('c').is('d')),
    ).toEqual([true]);
    expect([answer.text('n').is('7'), answer.text('t').is(''), answer.text('a').is('')]).toEqual([true, true, true]);
  });

  it('has only its own keys', () => {
    const answer = read('{"tags":[{"key":"a","value":"1"},{"key":"b","value":"2"},{"key":"b","value":"3"}]}');
    expect(answer.pair('tags', 'a')?.is('1')).toBe(true);
    expect(answer.pair('tags', 'b')).toBeNull();
    expect(answer.pair('tags', 'c')).toBeNull();
  });
});

describe('a path segment', () => {
  it.each([
    '..',
    '.',
    '',
    '...',
    '%2e%2e',
    '%252e%252e',
    '.%2e',
    'a/b',
    'a\\b',
    '../..',
    '..;',
    '..;/x',
    'a?b',
    'a#b',
    'a;b',
    'a%00',
    'a\0b',
    'a\nb',
    'a\tb',
    '\u202ea',
    '．．',
    '‥',
    '．',
    'a／b',
    '@host',
    ' ',
    '-rf',
    '~',
    'a'.repeat(256),
  ])('is not %j', (text) => {
    expect(Segment.read(Raw.from(text))).toBeNull();
  });

  it.each([
    '1',
    'artifacts',
    'm-0123456789abcdef0123456789abcdef',
    'Team A',
    'modèle',
    '2026-11-21',
    'a.b',
    'v1.0+x',
    key,
  ])('can be %j', (text) => {
    const segment = Segment.read(Raw.from(text));
    expect(segment?.is(text)).toBe(true);
    const { origin, path } = addressBelow('https://host.test/base', segment === null ? [] : [segment]);
    expect(origin.href).toBe('https://host.test/');
    expect(reveal(path)).toBe(`/base/${encodeURIComponent(text)}`);
  });

  it('of ours that would leave its base is a defect, and no request is sent', () => {
    for (const text of ['..', '.'])
      expect(() => addressBelow('https://host.test/base', [Segment.own(text)])).toThrow('leads out of');
  });
});
