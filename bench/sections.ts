import { bundleRows } from './figures/bundle.ts';
import { diagnosisRow } from './figures/diagnosis.ts';
import type { Bench } from './figures/measuring.ts';
import { largeBodyRow, memoryRow } from './figures/memory.ts';
import { firstCycleRow, warmProcessorRow } from './figures/processor.ts';
import { registrationColumns, registrationRows } from './figures/registration.ts';
import { sandboxRows } from './figures/sandbox-cycle.ts';
import { observeWaves, phaseErrorRow, ratioRow, targetLatenessRow, totalErrorRow, windowRow } from './figures/waves.ts';
import type { Table } from './table.ts';
import { benchPhases } from './target/target.ts';

type Section = 'waves' | 'one-core' | 'processor' | 'memory' | 'cycle' | 'registration';

const sections: Readonly<Record<Section, (bench: Bench) => Promise<readonly Table[]>>> = {
  waves: async (bench) => {
    const observed = await observeWaves(bench, [1, 20, 50, 100, 200, 500]);
    const columns = bench.probers.map(({ name }) => name);
    return [
      {
        title: 'Windows',
        columns,
        rows: [
          windowRow(observed, 20, "≤ blackbox's"),
          windowRow(observed, 100, "≤ blackbox's"),
          windowRow(observed, 500, "≤ blackbox's"),
          ratioRow(observed, 20, '≤ 1.05'),
          ratioRow(observed, 100, '≤ 1.05'),
          ratioRow(observed, 500, '≤ 1.10'),
        ],
        notes: [
          'Our probes share one thread, so many at once take at least their number times the processor time of one. A Go program uses both cores. A cycle of the platform is 41 probes.',
          'A prober can also show a ratio near 1 if its probes wait for each other and charge that time to the target. Ours paces its starts instead. So a large cycle takes longer than its slowest probe, and the clocks below are right. Halving the pace shortens the window of 100 by 4 % and doubles the errors.',
        ],
      },
      {
        title: 'Errors of the clocks',
        columns,
        rows: [
          totalErrorRow(observed, 50, '≤ 15'),
          totalErrorRow(observed, 100, '≤ 30'),
          totalErrorRow(observed, 200, '≤ 60'),
          ...benchPhases.map((phase) => phaseErrorRow(observed, 1, phase, '')),
          ...benchPhases.map((phase) => phaseErrorRow(observed, 50, phase, '≤ 5')),
          ...benchPhases.map((phase) => phaseErrorRow(observed, 100, phase, "≤ ½ of blackbox's")),
          ...benchPhases.map((phase) => phaseErrorRow(observed, 200, phase, "≤ ½ of blackbox's")),
          targetLatenessRow(observed, 50),
          targetLatenessRow(observed, 200),
        ],
        notes: [
          'The error is the time that a prober reports for a phase, minus the time that the target, by its own clock, made it wait. The target has no part in `connect`, so all of it counts as error. Plain fetch has no phases.',
        ],
      },
    ];
  },
  'one-core': async (bench) => {
    const observed = await observeWaves(bench, [20, 100, 500], true);
    return [
      {
        title: 'Windows, each prober bound to one core',
        columns: bench.probers.map(({ name }) => name),
        rows: [20, 100, 500].map((probes) => windowRow(observed, probes, '')),
        notes: ['With one core each, the amount of work decides.'],
      },
    ];
  },
  processor: async (bench) => [
    {
      title: 'Processor time',
      columns: bench.probers.map(({ name }) => name),
      rows: [
        await warmProcessorRow(bench, 'https', 'a fresh HTTPS probe, warm, ms', '≤ 1.7'),
        await warmProcessorRow(bench, 'http', 'a plain HTTP probe, warm, ms', '≤ 0.6'),
        await firstCycleRow(bench, 'an HTTPS probe in the first cycle of a process (30 probes), ms', '≤ 4'),
      ],
      notes: [
        'The absolute goals were set on another machine of this kind, where blackbox_exporter took 3.94 and 1.25 ms. So the ratio decides. A service has no first cycle.',
      ],
    },
  ],
  memory: async (bench) => [
    {
      title: 'Memory',
      columns: bench.probers.map(({ name }) => name),
      rows: [
        await memoryRow(bench, 'peak after 1,000 HTTPS probes, MB', '≤ 110'),
        await largeBodyRow(bench, 'growth by a body of 512 MiB, MB', '≤ 20'),
      ],
      notes: [],
    },
  ],
  registration: async ({ runs }) => [
    {
      title: 'Registration of a model',
      columns: registrationColumns,
      rows: await registrationRows(runs),
      notes: [
        'Both do the same work on the same MLflow server, in turn, over plain HTTP on loopback. Both keep their process and read back everything that they created. The flow also proves first that it can delete, and tries both forms of the key. It reads its run and its logged model again before it writes to them, and lists what killed runs left behind. MLflow’s own time is the sum of its response times, measured by a pass-through whose own time does not count.',
      ],
    },
  ],
  cycle: async ({ runs }) => [
    {
      title: 'The whole',
      columns: ['hokusai-synthetics'],
      rows: [
        ...(await sandboxRows(runs, 'hokusai-synthetics', '')),
        await diagnosisRow(runs, 'hokusai-synthetics'),
        ...(await bundleRows(runs, 'hokusai-synthetics')),
      ],
      notes: [
        'The sandbox responds within a few milliseconds and shares the process with the prober. So the processor limits this cycle, not its slowest probe.',
        'The entry loads only the middleware; the first invocation loads the engine. The last row has everything that the first cycle loads.',
      ],
    },
  ],
};

export const sectionNames = Object.keys(sections) as readonly Section[];

/** Measures the sections one at a time, so that they do not disturb each other. */
export const measureSections = async (
  bench: Bench,
  only: readonly string[],
  onSection: (name: string) => void,
): Promise<readonly Table[]> => {
  const tables: Table[] = [];
  for (const name of sectionNames.filter((section) => only.includes(section))) {
    onSection(name);
    tables.push(...(await sections[name](bench)));
  }
  return tables;
};
