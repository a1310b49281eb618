import { expect, test } from 'vitest';
import { isAllowedHost } from '../../src/live/allowed-host.ts';

const names = ['monitor.internal', 'vm-7'];

test.each([
  '127.0.0.1:9090',
  '127.0.0.1',
  '[::1]:9090',
  '192.0.2.7:80',
  'localhost:9090',
  'LOCALHOST',
  'watch.localhost:9090',
  'monitor.internal:9090',
  'Monitor.Internal.',
  'vm-7:9090',
])('a request to %s is answered', (header) => {
  expect(isAllowedHost(header, names)).toBe(true);
});

test.each([
  'evil.example',
  'evil.example:9090',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'evil.example:9090@127.0.0.1',
  'monitor.internal.evil.example',
  '[::1',
  '[evil]:80',
  '',
  ' ',
  '127.0.0.1:9090, evil.example',
])('a request to "%s", as after DNS rebinding, is refused', (header) => {
  expect(isAllowedHost(header, names)).toBe(false);
});
