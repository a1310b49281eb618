import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examineSettings } from '../../src/config/load.ts';
import { madeUpKey, problemsOf } from './documents.ts';

/** Either it is valid, or it is said what is wrong: in lines that begin with the place. */
const survives = async (text: string): Promise<void> => {
  const { settings, error } = await examineSettings({ text, name: 'f.yaml', folder: '/nowhere' }, 0);
  expect(settings.targets.length).toBeGreaterThan(40);
  if (error === null) return;
  expect(error.problems).not.toHaveLength(0);
  for (const line of error.message.split('\n'))
    expect(line).toMatch(/^(f\.yaml(:[1-9]\d*:[1-9]\d*)? {2}|… and \d+ more$)/);
};

const seed = `environment: development
hosts: { registry: registry.staging.hokus.ai }
credentials: { apiKey: { env: KEY }, allowedHosts: [a.example] }
network:
  dnsServers: ["127.0.0.1:5300"]
  connectTo:
    - "registry.hokus.ai:443:[::1]:8443"
limits: &limits
  totalMs: 12_000
targets:
  registry.health: { timeoutMs: 3000, expect: { status: [200, 2xx] } }
  my.extra:
    url: https://api.hokus.ai/x
    auth: x-api-key
    headers: { x-a: 'b' }
    body: |
      text
  my.name: { kind: dns, name: a.example }
  only: [registry.health, my.name]
incidents: { open: { failures: 2, of: 3 } } # end
`;

const tokens = fc.constantFrom(
  ...'{}[],:&*!|>\'"%@#?-~<=. \n\t0',
  '\r\n',
  '---\n',
  '...\n',
  '&a ',
  '*a',
  '!!str ',
  '<<: ',
  '\\x',
  '\u0000',
  '\uFEFF',
  '\uD800',
  '  ',
  'null',
  '.inf',
  '1e999',
  'targets: ',
  'url: ',
);

const mutated = fc
  .array(fc.tuple(fc.nat(seed.length), fc.nat(6), fc.oneof(tokens, fc.string({ maxLength: 4 }))), {
    minLength: 1,
    maxLength: 6,
  })
  .map((changes) =>
    changes.reduce((text, [at, drop, insert]) => text.slice(0, at) + insert + text.slice(at + drop), seed),
  );

/** Documents of the schema's own words with any values behind them. */
const names = [
  ...new Set(seed.match(/[A-Za-z][\w.-]*(?=:)/g) ?? []),
  'registration',
  'baseline',
  'metrics',
  'cors',
  'api.dns',
  'auth.certificate',
  'external.control',
  'expect',
  'kind',
  'name',
  'only',
  'port',
  'version',
  'status',
  'after',
  'through',
  'remindEvery',
  '__proto__',
  'constructor',
  'toString',
];
const worded = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('none', 'dns', 'tls', '2xx', '1h', 'https://a.example/', 'a.example', 'api.root'),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('mapping'),
  ),
  mapping: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
})).mapping;

describe('any configuration is either loaded or refused with a message', () => {
  it('any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(tokens).map((all) => all.join('')),
        ),
        survives,
      ),
      { numRuns: 300 },
    );
  });

  it('a configuration with typing errors', async () => {
    await fc.assert(fc.asyncProperty(mutated, survives), { numRuns: 300 });
  });

  it('any bytes, read as UTF-8', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (bytes) => survives(Buffer.from(bytes).toString('utf8'))),
      { numRuns: 300 },
    );
  });

  it("any document built from the schema's own words", async () => {
    await fc.assert(
      fc.asyncProperty(worded, (document) => survives(JSON.stringify(document))),
      { numRuns: 300 },
    );
  });

  it('with a key anywhere in it, is refused without repeating the key', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, fc.nat(), async (text, seedOfPlace) => {
        const at = seedOfPlace % text.length;
        const found = await problemsOf(text.slice(0, at) + madeUpKey + text.slice(at));
        expect(found.join('\n')).toContain('is written in the configuration');
        expect(found.join('\n')).not.toContain(madeUpKey.slice(-12));
      }),
      { numRuns: 300 },
    );
  });
});
