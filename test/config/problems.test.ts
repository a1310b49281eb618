import { describe, expect, it } from 'vitest';
import { madeUpKey, problemsOf } from './documents.ts';

/** Each document with what is said about it, in the order of its lines: the place, the path, the reason. */
const said: readonly { readonly title: string; readonly text: string; readonly expected: readonly string[] }[] = [
  {
    title: 'an unknown target with a suggestion',
    text: 'targets:\n  registry.helth: {}\n',
    expected: ['2:3  targets.registry.helth  no such target; did you mean registry.health?'],
  },
  {
    title: 'an unknown target without a similar default, which needs a url',
    text: 'targets:\n  shop.front: { timeoutMs: 5 }\n',
    expected: ['2:3  targets.shop.front  no such target; your own target needs a `url`'],
  },
  {
    title: 'unknown keys at every level, all at once',
    text: 'enviroment: x\nhosts: { regestry: a.example, zzz: b.example }\ntargets: { api.root: { timeout_ms: 5, expect: { stauts: 200 } } }\n',
    expected: [
      '1:1  enviroment  no such key; did you mean environment?',
      '2:10  hosts.regestry  no such key; did you mean registry?',
      '2:31  hosts.zzz  no such key; known here: registry, api, mlflow, platform, auth',
      '3:24  targets.api.root.timeout_ms  no such key; did you mean timeoutMs?',
      '3:49  targets.api.root.expect.stauts  no such key; did you mean status?',
    ],
  },
  {
    title: 'a key in the wrong place, with its right place',
    text: 'apiKey: { env: A }\ntargets: { api.root: { status: 200 } }\nmetrics: { dnsServers: [] }\n',
    expected: [
      '1:1  apiKey  does not belong here; write it as credentials.apiKey',
      '2:24  targets.api.root.status  does not belong here; write it as targets.api.root.expect.status',
      '3:12  metrics.dnsServers  does not belong here; write it as network.dnsServers',
    ],
  },
  {
    title: 'keys named like properties of every JavaScript object',
    text: '__proto__: 1\ntargets: { constructor: {}, __proto__: { url: "https://a.example/" } }\n',
    expected: [
      '1:1  __proto__  no such key',
      '2:12  targets.constructor  is a reserved name; choose another',
      '2:29  targets.__proto__  is a reserved name; choose another',
    ],
  },
  {
    title: 'a wrong type, with the right one',
    text: 'environment: 5\nhosts: []\nlimits: { totalMs: "5", tlsMs: 5s }\nmetrics: { enabled: yes }\nnetwork: { connectTo: [a:443::] }\n',
    expected: [
      '1:14  environment  is a number, must be a string; put it in quotes',
      '2:8  hosts  is a list, must be a mapping',
      '3:20  limits.totalMs  is a string, must be a number; write it without quotes and without a unit',
      '3:32  limits.tlsMs  is a string, must be a number; write it without quotes and without a unit',
      '4:21  metrics.enabled  is a string, must be true or false; write true or false, without quotes',
      '5:24  network.connectTo[0]  is a mapping, must be a string; put it in quotes',
    ],
  },
  {
    title: 'a key without a value, as distinct from a missing key',
    text: 'targets:\nbaseline:\nlimits: { totalMs: }\n',
    expected: [
      '1:1  targets  has no value; give it a mapping, or remove the key',
      '2:1  baseline  has no value; give it a string, or remove the key',
      '3:11  limits.totalMs  has no value; give it a number, or remove the key',
    ],
  },
  {
    title: 'numbers that are not whole or out of range',
    text: 'limits: { totalMs: 0, connectMs: -1, tlsMs: 1.5, slowMs: 1e99, redirects: .nan, deadlineMs: .inf }\ntargets: { api.root: { timeoutMs: 0.5 }, api.certificate: { certificateDays: 3650 } }\n',
    expected: [
      '1:20  limits.totalMs  is too small, at least 1',
      '1:34  limits.connectMs  is too small, at least 1',
      '1:45  limits.tlsMs  is not a whole number',
      '1:58  limits.slowMs  is too big, at most 300000',
      '1:75  limits.redirects  is not a whole number',
      '1:93  limits.deadlineMs  is not a whole number',
      '2:35  targets.api.root.timeoutMs  is not a whole number',
      '2:78  targets.api.certificate.certificateDays  is too big, at most 398',
    ],
  },
  {
    title: 'an unknown choice, with a suggestion',
    text: 'metrics: { detail: target }\ntargets: { api.root: { method: PATCH, auth: barer } }\n',
    expected: [
      '1:20  metrics.detail  is not one of the choices; did you mean targets? (hosts, targets)',
      '2:32  targets.api.root.method  is not one of the choices; GET, HEAD, POST, OPTIONS',
      '2:45  targets.api.root.auth  is not one of the choices; did you mean bearer? (none, bearer, x-api-key, bearer-made-up, x-api-key-made-up)',
    ],
  },
  {
    title: 'a duplicate key on both lines, in JSON too',
    text: '{"environment": "a",\n "environment": "b"}',
    expected: ['2:2  environment  is given twice, first on line 1; keep one'],
  },
];

describe('validation', () => {
  it.each(said)('reports $title, with line, column and fix', async ({ text, expected }) => {
    const found = await problemsOf(text);
    expect(found).toHaveLength(expected.length);
    for (const [index, problem] of expected.entries()) {
      expect(found[index]).toMatch(/^synthetics\.yaml:\d+:\d+ {2}/);
      expect(found[index]).toContain(problem);
    }
  });

  it('shortens a long list of errors', async () => {
    const text = Array.from({ length: 2000 }, (_, index) => `k${index}: 1`).join('\n');
    const found = await problemsOf(text);
    expect(found).toHaveLength(51);
    expect(found.at(-1)).toBe('… and 1950 more');
  });

  it('prints no control characters from the name of a key', async () => {
    const [problem] = await problemsOf(JSON.stringify({ [`a\u001b[2J\nb${madeUpKey}`]: 1 }));
    expect(problem).toMatch(/^synthetics\.yaml:1:2 {2}a\?\[2J\?b\[redacted\] {2}/);
  });
});
