/** Runs weeks of incidents through the engine and the model of docs/incidents.md: more than the tests have time for. */
import { parseArgs } from 'node:util';
import { playChain } from '../test/incidents/week/chain/play.ts';
import { compare } from '../test/incidents/week/compare.ts';
import { stormOf, stormTable } from '../test/incidents/week/storm.ts';
import { busyHours, weekOf, wholeWeek } from '../test/incidents/week/week.ts';

const usage = `node scripts/incident-weeks.ts [--seeds 1-200] [--whole] [--chain | --storm]
  --whole  weeks of 10,080 cycles, not busy stretches of 400
  --chain  with stores and channels that fail and processes that are killed, up to what is delivered
  --storm  the messages of whole weeks beside those of plain alarms, as a table`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-200' },
    whole: { type: 'boolean', default: false },
    chain: { type: 'boolean', default: false },
    storm: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [first = Number.NaN, last = first] = values.seeds.split('-').map(Number);
if (values.help || !(first <= last)) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}
const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);

if (values.storm) {
  console.log(stormTable(seeds.map((seed) => stormOf(weekOf(seed, wholeWeek)))));
  process.exit(0);
}

const pace = values.whole ? wholeWeek : busyHours;
let messages = 0;
let different = 0;
for (const seed of values.chain ? seeds : []) {
  const { findings, figures } = await playChain(weekOf(seed, pace));
  const wrong = Object.entries(findings).flatMap(([what, all]) => all.map((one: string) => `  ${what}: ${one}`));
  console.log([`seed ${seed}: ${JSON.stringify(figures)}`, ...wrong].join('\n'));
  messages += figures.messages;
  if (wrong.length > 0) different += 1;
}
for (const seed of values.chain ? [] : seeds) {
  const { events, difference } = compare(weekOf(seed, pace));
  messages += events.length;
  if (difference === null) continue;
  different += 1;
  console.log(`${difference}\n`);
}
console.log(`${seeds.length} weeks, ${messages} messages: ${different} weeks differ from what is promised`);
process.exitCode = different === 0 ? 0 : 1;
