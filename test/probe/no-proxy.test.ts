import { describe, expect, it } from 'vitest';
import { isExempt } from '../../src/probe/no-proxy.ts';
import { proxyUrlsFrom } from '../../src/probe/proxy.ts';

const exempts: Readonly<Record<string, readonly string[]>> = {
  'api.hokus.ai': [
    ...['*', 'a.test,*', 'hokus.ai', '.hokus.ai', '*.hokus.ai', 'api.hokus.ai', 'API.HOKUS.AI', 'hokus.ai.'],
    ...['a.test api.hokus.ai', 'a.test, hokus.ai', 'a.test,,hokus.ai', 'a.test ,hokus.ai', 'hokus.ai:443', ' ai '],
  ],
  'hokus.ai.': ['hokus.ai', '.hokus.ai'],
  '10.1.2.3': ['10.1.2.3', '10.0.0.0/8', '10.1.2.3/32', '0.0.0.0/0', '10.1.2.3:443', '10.0.0.0/8:443', '::1,10.1.2.3'],
  '2001:db8::1': [
    ...['2001:db8::1', '[2001:db8::1]', '2001:DB8:0:0::1', '2001:db8::/32', '[2001:db8::]/32', '2001:db8::1/128'],
    ...['::/0', '[2001:db8::1]:443', '10.0.0.0/8, 2001:db8::1'],
  ],
  '[2001:db8::1]': ['2001:db8::1', '2001:db8::/32'],
};

const keeps: Readonly<Record<string, readonly string[]>> = {
  'api.hokus.ai': [
    '',
    ' ',
    ',',
    '.',
    '*.',
    'kus.ai',
    '..hokus.ai',
    'x.api.hokus.ai',
    'hokus.ai:80',
    '[hokus.ai]:80',
    '10.0.0.0/8',
  ],
  '10.1.2.3': [
    ...['2.3', '.2.3', '10.1.2.', '10.1', '10.1.3.0/24', '10.1.2.3/33', '10.1.2.0/x', '10.1.2.0/', '10.1.2.3:80'],
    ...['::/0', '10.1.2.3/-1', 'hokus.ai'],
  ],
  '2001:db8::1': ['2001:db9::/32', '2001:db8::/129', '[2001:db8::1]:80', '0.0.0.0/0', '::1', '2001:db8::1:443'],
};

const rows = (table: typeof exempts) =>
  Object.entries(table).flatMap(([host, lists]) => lists.map((list) => [list, host]));

describe('NO_PROXY', () => {
  it.each(rows(exempts))('%j connects directly to %s', (list, host) => {
    expect(isExempt(list ?? '', host ?? '', 443)).toBe(true);
  });

  it.each(rows(keeps))('%j leaves the proxy to %s', (list, host) => {
    expect(isExempt(list ?? '', host ?? '', 443)).toBe(false);
  });
});

describe('the variables of the environment', () => {
  const [one, two] = ['http://one.test:3128', 'http://two.test:3128'];
  it.each([
    [{ HTTPS_PROXY: one }, one, null],
    [{ https_proxy: one, HTTPS_PROXY: two }, one, null],
    [{ https_proxy: '', HTTPS_PROXY: two }, two, null],
    [{ ALL_PROXY: one, HTTP_PROXY: two }, one, two],
    [{ all_proxy: one, https_proxy: '', http_proxy: '' }, one, one],
    [{ HTTPS_PROXY: one, NO_PROXY: 'hokus.ai' }, null, null],
    [{ HTTPS_PROXY: one, NO_PROXY: 'hokus.ai', no_proxy: '' }, null, null],
    [{ HTTPS_PROXY: one, NO_PROXY: 'hokus.ai', no_proxy: 'a.test' }, one, null],
  ])('choose a proxy as curl does: %j', (env, secured, plain) => {
    const choose = proxyUrlsFrom('environment', env);
    expect([choose(true, 'api.hokus.ai', 443), choose(false, 'api.hokus.ai', 80)]).toEqual([secured, plain]);
  });
});
