import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './cache.ts';
import { composeDocument } from './document.ts';
import { describeMachine } from './machine.ts';
import { blackbox } from './peer/blackbox.ts';
import { buildBlackbox } from './peer/build-blackbox.ts';
import { ours, plainFetch } from './probers/node-prober.ts';
import type { ProberKind } from './probers/prober.ts';
import { measureSections, sectionNames } from './sections.ts';
import { startTarget } from './target/start.ts';
import { goVersion } from './toolchain.ts';

const usage = `npm run bench -- [--write] [--runs N] [--only ${sectionNames.join(',')}]
  --write  also into docs/benchmarks.md    --runs  runs of which the median is shown (5)`;

const { values } = parseArgs({
  options: {
    write: { type: 'boolean' },
    runs: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help === true) {
  console.log(usage);
  process.exit(0);
}

/** The peer, if this machine can build and measure it. Otherwise prints the reason. */
const peers = async (): Promise<readonly ProberKind[]> => {
  const leaveOut = (why: string): readonly ProberKind[] => {
    console.error(
      `\n*** blackbox_exporter is left out: ${why}. The figures below are ours and plain fetch's alone. ***\n`,
    );
    return [];
  };
  if ((await goVersion()) === null) return leaveOut('there is no Go toolchain to build it with');
  if (process.platform !== 'linux')
    return leaveOut('its processor time and memory are read from /proc, which is Linux');
  try {
    await buildBlackbox();
    return [blackbox];
  } catch (error) {
    return leaveOut(error instanceof Error ? error.message : String(error));
  }
};

const machine = describeMachine(new Date());
const probers = [ours, ...(await peers()), plainFetch];
const target = await startTarget();
try {
  const only = values.only?.split(',') ?? sectionNames;
  const bench = { target, probers, runs: Number(values.runs ?? 5) };
  const tables = await measureSections(bench, only, (name) => console.error(`measuring: ${name}`));
  const document = composeDocument({ machine, target: target.language, runs: bench.runs, tables });
  console.log(document);
  if (values.write === true) {
    await mkdir(join(root, 'docs'), { recursive: true });
    await writeFile(join(root, 'docs', 'benchmarks.md'), document);
  }
} finally {
  await target.close();
}
