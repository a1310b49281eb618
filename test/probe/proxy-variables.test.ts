import { expect, it } from 'vitest';
import { proxiesFrom } from '../../src/probe/proxy.ts';

const proxy = 'http://proxy.test:3128';
const isDirect = (exempt: string, host: string, port = 443): boolean =>
  proxiesFrom('environment', { HTTPS_PROXY: proxy, NO_PROXY: exempt })(true, host, port) === null;

it.each([
  ['*', 'host.test', true],
  ['other.test, host.test', 'host.test', true],
  ['other.test host.test', 'a.host.test', true],
  ['.host.test', 'host.test', true],
  ['*.host.test', 'a.host.test', true],
  ['HOST.test.', 'host.TEST', true],
  ['host.test', 'host.test.', true],
  ['ost.test', 'host.test', false],
  ['host.test:443', 'host.test', true],
  ['host.test:8443', 'host.test', false],
  ['127.0.0.1', '127.0.0.1', true],
  ['0.0.1', '127.0.0.1', false],
  ['10.0.0.0/8', '10.1.2.3', true],
  ['10.0.0.0/8', '11.1.2.3', false],
  ['10.0.0.0/99', '10.0.0.0', false],
  ['10.0.0.0/8', 'host.test', false],
  ['::1', '::1', true],
  ['[::1]', '::1', true],
  ['[::1]:443', '::1', true],
  ['[::1]:8443', '::1', false],
  ['fd00::/8', 'fd00::1', true],
  ['fd00::/8', '127.0.0.1', false],
  ['', 'host.test', false],
  [' , .,', 'host.test', false],
])('NO_PROXY=%j and %s: direct is %s', (exempt, host, direct) => {
  expect(isDirect(exempt, host)).toBe(direct);
});

it.each([
  ['http://me:word@proxy.test', 'me:word'],
  ['http://me:100%@proxy.test', 'me:100%'],
  ['http://me:a%40b@proxy.test', 'me:a@b'],
  ['me:word@proxy.test:3128', 'me:word'],
  ['HTTP://me@proxy.test', 'me:'],
])('the proxy %s is told its user and password', (text, told) => {
  const chosen = proxiesFrom('environment', { https_proxy: text })(true, 'host.test', 443);
  expect(chosen?.authorization).toBe(`Basic ${Buffer.from(told).toString('base64')}`);
});
