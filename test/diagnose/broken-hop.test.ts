import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Hop } from '../../src/platform/hops.ts';
import { targets } from './observations.ts';

const folder = join(import.meta.dirname, '../evidence');

const marked = (id: string): readonly Hop[] => {
  const { report } = parseReport(readFileSync(join(folder, `${id}.json`), 'utf8'));
  const [path] = diagnose(report, targets, report.history).paths;
  return (path?.hops ?? []).filter(({ state, suspect }) => state === 'broken' || suspect).map(({ hop }) => hop);
};

it.each(['sixth-tasks-speak-tls', 'sixth-health-route-wants-a-key'])(
  '%s: a balancer that answers 503 itself is no suspect, its way to the tasks is',
  (id) => {
    expect(marked(id)).toEqual(['target-group', 'api']);
  },
);

it('a health route that reports a dependency is the API’s own: no task is out', () => {
  expect(marked('sixth-billing-dependency-down')).toEqual(['api']);
});
