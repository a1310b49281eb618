/**
 * `npm run fuzz -- http 600`: sends mutated responses of a protocol to the prober for so many seconds. The environment
 * variable FUZZ_SEED repeats a run. A finding's bytes belong into test/fuzz/corpus, as a file of their own.
 */
import { dns } from '../test/fuzz/dns.ts';
import { fuzz } from '../test/fuzz/fuzz.ts';
import { http } from '../test/fuzz/http.ts';
import { newSeed } from '../test/fuzz/seed.ts';
import { session } from '../test/fuzz/session.ts';
import { tls } from '../test/fuzz/tls.ts';

const protocols = { dns, http, session, tls } as const;
const [name = '', seconds = '60'] = process.argv.slice(2);
const protocol = Object.entries(protocols).find(([one]) => one === name)?.[1];
if (protocol === undefined) throw new Error(`Name one of ${Object.keys(protocols).join(', ')}`);
const seed = newSeed();
console.log(`${name} with FUZZ_SEED=${seed}`);
const { inputs, outcomes, findings } = await fuzz(name, protocol, { seed, seconds: Number(seconds) });
console.log(JSON.stringify({ inputs, outcomes }, null, 2));
for (const finding of findings) console.log(JSON.stringify(finding));
process.exitCode = findings.length === 0 ? 0 : 1;
