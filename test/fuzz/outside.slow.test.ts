import { describe, expect, it } from 'vitest';
import { dns } from './dns.ts';
import { fuzz } from './fuzz.ts';
import { http } from './http.ts';
import { testSeed } from './seed.ts';
import { session } from './session.ts';
import { tls } from './tls.ts';

const seconds = Number(process.env['FUZZ_SECONDS'] ?? 20);
const seed = testSeed();

/** Long runs: `npm run fuzz`. */
describe.concurrent(`mutated responses (FUZZ_SEED=${seed})`, () => {
  it.each(Object.entries({ http, session, tls, dns }))(
    '%s: each one has an outcome within its limit, shows no key, and changes no other outcome',
    async (name, protocol) => {
      const { inputs, outcomes, findings } = await fuzz(name, protocol, { seed, seconds });
      expect(findings).toEqual([]);
      expect(inputs).toBeGreaterThan(20);
      // The mutations get past the first check.
      expect(Object.keys(outcomes).length).toBeGreaterThan(5);
    },
    seconds * 1_000 + 240_000,
  );
});
