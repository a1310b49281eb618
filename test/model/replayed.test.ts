import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replayed } from '../../src/cli/commands/replay.ts';
import { exitCodeOf } from '../../src/cli/exit-codes.ts';
import { readSettings } from '../../src/cli/inputs.ts';
import { withSenders } from '../../src/diagnose/senders.ts';
import { isPartlyUnseen, isStillFailing, type Strictness } from '../../src/model/predicates.ts';
import type { Report } from '../../src/model/report.ts';
import { requests } from '../../src/model/requests.ts';
import { renderJson } from '../../src/report/json.ts';
import { schemaErrors } from '../support/published-schemas.ts';
import { anyReport } from './any-report.ts';
import { anyCycle, anyStrictness, expected } from './cycles.ts';

const settings = await readSettings(null);

const resultOf = (report: Report, strictness: Strictness) => ({
  verdict: report.verdict,
  exitCode: exitCodeOf(report, strictness),
});

describe('replay', () => {
  it('gives every report the verdict and exit code of check', () => {
    fc.assert(
      fc.property(anyCycle, anyStrictness, ({ report, ...cycle }, strictness) => {
        const check = resultOf(report, strictness);
        expect(check).toEqual(expected(cycle, strictness));
        const again = replayed(renderJson(report), settings);
        expect(again.unused).toEqual([]);
        expect(resultOf(again.report, strictness)).toEqual(check);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same for a report with an unreadable verdict', () => {
    fc.assert(
      fc.property(anyCycle, anyStrictness, ({ report, ...cycle }, strictness) => {
        const { verdict: _, ...saved } = JSON.parse(renderJson(report)) as Report;
        const again = replayed(JSON.stringify(saved), settings);
        expect(resultOf(again.report, strictness)).toEqual(expected(cycle, strictness));
      }),
      { numRuns: 300 },
    );
  });

  it('gives them to any report that follows the published schema, and keeps all but its diagnosis', () => {
    fc.assert(
      fc.property(anyReport, anyStrictness, (saved, strictness) => {
        const again = replayed(JSON.stringify(saved), settings);
        // A replay places failures that something in front of the application reports.
        const { stillFailing: _, ...kept } = withSenders(saved, settings.targets);
        const { stillFailing, diagnosis, ...rest } = again.report;
        const isNamed = diagnosis.faults.length > 0;
        const isDenied = saved.verdict === 'inconclusive' ? isNamed : !isNamed && isPartlyUnseen(requests(saved));
        const verdict = isDenied ? rest.verdict : saved.verdict;
        if (isNamed) expect(verdict).not.toBe('inconclusive');
        expect({ ...rest, diagnosis }).toEqual({ ...kept, verdict, diagnosis });
        expect(stillFailing === undefined).toBe(saved.blind !== null || !requests(saved).some(isStillFailing));
        expect(again.unused.filter((note) => !note.startsWith('in the diagnosis, '))).toEqual([]);
        expect(again.report.diagnosis.defect).toBeUndefined();
        expect(schemaErrors('report.schema.json', renderJson(again.report))).toEqual([]);
        expect(resultOf(again.report, strictness)).toEqual({
          verdict,
          exitCode: exitCodeOf({ ...kept, verdict, diagnosis }, strictness),
        });
      }),
      { numRuns: 300 },
    );
  });
});
