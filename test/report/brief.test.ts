import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayed } from '../../src/cli/commands/replay.ts';
import { loadSettings } from '../../src/config/load.ts';
import { isNews } from '../../src/model/predicates.ts';
import { requests } from '../../src/model/requests.ts';
import { briefLetters, renderBrief } from '../../src/report/brief.ts';

const folder = join(import.meta.dirname, '..', 'evidence');
const recorded = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

describe('the brief of a recorded report', async () => {
  const settings = await loadSettings(null);
  const view = { hosts: settings.hosts, targets: settings.targets, through: settings.registration.through };

  it.each(recorded)('$name is short and has the verdict, the conclusion and a name to search logs by', ({ text }) => {
    const { report } = replayed(text, settings);
    const brief = renderBrief(report, view);
    const lines = brief.trimEnd().split('\n');

    expect(brief.length).toBeLessThanOrEqual(briefLetters);
    expect(lines[0]).toMatch(/^hokusai-synthetics .+ checked /);
    expect(lines[1]).toMatch(/^verdict: /);
    expect(lines[2]).toMatch(/^conclusion: /);
    expect(lines.at(-1)).toContain(`join: run ${report.runId}`);
    const failing = requests(report).filter(isNews);
    if (failing.length > 0)
      expect(
        lines.some((line) =>
          failing.some(({ id, failureMode }) => line.includes(id) && line.includes(`${failureMode}`)),
        ),
      ).toBe(true);
  });
});
