import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verdictOf } from '../../src/classify/outcome.ts';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { answerOf } from '../../src/drill/answer.ts';
import { calibrationError, type ScoredRow, strictScore, sureButWrong } from '../../src/drill/score.ts';
import { showsBrokenHop, unseenButWorking } from '../support/grounded-path.ts';
import { rows } from './evidence-rows.ts';
import { targets } from './observations.ts';

const folder = join(import.meta.dirname, '../evidence');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

it('each recorded report has a recorded truth', () => {
  expect(files.map((name) => name.replace('.json', '')).toSorted()).toEqual(Object.keys(rows).toSorted());
});

/** Diagnosed again. */
const cases = Object.entries(rows).map(([id, row]) => {
  const { report } = parseReport(readFileSync(join(folder, `${id}.json`), 'utf8'));
  const diagnosis = diagnose(report, targets, report.history);
  const isNone = row.right.length === 0 || (row.isNoneRight === true && diagnosis.faults.length === 0);
  const causes = row.isPair === true ? row.right.map((one) => [one]) : isNone ? [] : [row.right];
  return { id, report, diagnosis, ...row, scored: { causes, answer: answerOf(diagnosis) } satisfies ScoredRow };
});

it.each(cases)('$id keeps its diagnosis', ({ named, diagnosis: { faults }, scored }) => {
  expect(faults.map((tie) => tie.toSorted())).toEqual(named);
  expect(sureButWrong(scored)).toEqual([]);
});

it.each(cases)('$id marks no hop behind the broken one as working without a request', ({ report, diagnosis }) => {
  expect(unseenButWorking(report, diagnosis, targets)).toEqual([]);
});

it.each(cases)('$id has a verdict that agrees with its diagnosis', ({ report, diagnosis }) => {
  const verdict = verdictOf(report, diagnosis);
  if (diagnosis.faults.length > 0) expect(verdict).toMatch(/failing|degraded/);
  if (verdict === 'inconclusive') expect(diagnosis.hypotheses).toEqual([]);
  if (verdict === 'healthy') expect(diagnosis.status).toBe('healthy');
});

it('the recorded reports keep their figures', () => {
  const shown = cases.map(({ diagnosis, right }) => showsBrokenHop(diagnosis, right)).filter((one) => one !== null);
  const grounded = shown.filter(Boolean).length / shown.length;
  const scored = cases.map((one) => one.scored);
  const strict = scored.reduce((sum, one) => sum + strictScore(one), 0);
  const error = calibrationError(scored);
  process.stdout.write(
    `recorded reports: strict score ${strict.toFixed(1)} of ${scored.length}, grounded path ${(100 * grounded).toFixed(0)} % of ${shown.length}, calibration error ${error?.toFixed(2)}\n`,
  );
  // As reached. A change that improves one of them moves its bound.
  expect(strict).toBeGreaterThanOrEqual(181.6);
  expect(grounded).toBeGreaterThanOrEqual(0.98);
  expect(error).toBeLessThan(0.06);
});
