import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressesIn, hostsFile } from '../../src/probe/dns/hosts-file.ts';
import { createResolver } from '../../src/probe/resolve.ts';
import { httpTarget, outcomeWith, testLimits, toolsWith, whileListening } from '../support/probing.ts';

const hosts = [
  '# 192.0.2.9 registry.test',
  '127.0.0.1\tlocalhost',
  '  192.0.2.1   registry.test Alias.Test # the office',
  '2001:db8::1 registry.test\r',
  'nonsense registry.test',
  '192.0.2.2 other.registry.test',
].join('\n');

describe('a name in the hosts file', () => {
  it.each([
    ['registry.test', ['192.0.2.1', '2001:db8::1']],
    ['REGISTRY.test.', ['192.0.2.1', '2001:db8::1']],
    ['alias.test', ['192.0.2.1']],
    ['test', []],
    ['office', []],
  ])('%s has its addresses', (name, addresses) => {
    expect(addressesIn(hosts, name)).toEqual(addresses);
  });

  it('is reached as curl reaches it, whatever the name servers say', async () => {
    const server = createServer((_, response) => response.end('{"status":"healthy"}'));
    const resolver = { ...createResolver(['127.0.0.1:1'], testLimits), hosts: '127.0.0.1 registry.test' };
    const outcome = await whileListening(server, (port) =>
      outcomeWith(httpTarget({ url: `http://registry.test:${port}/` }), toolsWith({ resolver })),
    );

    expect(outcome.status).toBe('pass');
  });

  it('counts with the system’s name servers only: those of the configuration are asked', () => {
    expect(createResolver(null, testLimits).hosts).toBe(hostsFile());
    expect(createResolver(['192.0.2.1'], testLimits).hosts).toBe('');
  });
});
