import { describe, expect, it } from 'vitest';
import { addressBelow, addressOf, hrefOf } from '../../src/raw/address.ts';
import { addressIn, readLocation } from '../../src/raw/location.ts';
import { Raw, reveal } from '../../src/raw/raw.ts';
import { Segment } from '../../src/raw/segment.ts';

const from = addressOf(new URL('https://registry.test:8443/api/2.0/list?page=1'));

const parts = (location: string): Readonly<Record<string, string | boolean>> | null => {
  const found = readLocation(Raw.from(location), from);
  if (found === null) return null;
  const { hasUser, ...texts } = found;
  return { hasUser, ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, reveal(text)])) };
};

const asRead = { protocol: 'https:', hostname: 'registry.test', port: '8443', hasUser: false } as const;

describe('the location of a redirect', () => {
  it.each([
    ['/x?y=1', { path: '/x?y=1', whole: 'https://registry.test:8443/x?y=1' }],
    ['x', { path: '/api/2.0/x', whole: 'https://registry.test:8443/api/2.0/x' }],
    ['?page=2', { path: '/api/2.0/list?page=2', whole: 'https://registry.test:8443/api/2.0/list?page=2' }],
    ['//auth.test/', { hostname: 'auth.test', port: '', path: '/', whole: 'https://auth.test/' }],
    ['http://a.b./', { protocol: 'http:', hostname: 'a.b', port: '', path: '/', whole: 'http://a.b./' }],
    ['https://u@h/', { hasUser: true, hostname: 'h', port: '', path: '/', whole: 'https://u@h/' }],
    ['https://:p@h/', { hasUser: true, hostname: 'h', port: '', path: '/', whole: 'https://:p@h/' }],
    // As Latin-1, which is how Node hands over the bytes of UTF-8; and true Latin-1.
    ['/\u00c3\u00a9', { path: '/%C3%A9', whole: 'https://registry.test:8443/%C3%A9' }],
    ['/\u00e9', { path: '/%C3%A9', whole: 'https://registry.test:8443/%C3%A9' }],
  ])('%s is read in parts, relative to the request', (location, expected) => {
    expect(parts(location)).toEqual({ ...asRead, ...expected });
  });

  it.each(['https://', 'http://a b/', 'https://h:99999/'])('is null if it is no address: %s', (location) => {
    expect(parts(location)).toBeNull();
  });

  it.each(['mailto:a@b', 'data:,x', 'ow-headers: y', 's3://bucket/model'])('leads to no host: %s', (location) => {
    const found = readLocation(Raw.from(location), from);
    expect(found && addressIn(found)).toBeNull();
  });

  it('can be followed', () => {
    const location = readLocation(Raw.from('https://auth.test/login?next=1#top'), from);
    const address = location === null ? null : addressIn(location);
    expect(address?.origin.href).toBe('https://auth.test/');
    expect(address === null ? '' : reveal(address.path)).toBe('/login?next=1');
    expect(address === null ? '' : reveal(hrefOf(address))).toBe('https://auth.test/login?next=1');
  });
});

describe('an address below a base URL', () => {
  it.each([
    ['https://h.test', '/a/b'],
    ['https://h.test/', '//a/b'],
    ['https://h.test/base', '/base/a/b'],
  ])('is its segments, added to %s', (base, path) => {
    const below = (): string => reveal(addressBelow(base, [Segment.own('a'), Segment.own('b')]).path);
    // A base that ends with a slash is a defect of ours: the path would differ from what the segments say.
    if (base.endsWith('/')) expect(below).toThrow('leads out of https://h.test/');
    else expect(below()).toBe(path);
  });
});
