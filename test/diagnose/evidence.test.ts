import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verdictOf } from '../../src/classify/outcome.ts';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { answerOf } from '../../src/drill/answer.ts';
import { calibrationError, type ScoredRow, strictScore, sureButWrong } from '../../src/drill/score.ts';
import { showsBrokenHop, unseenButWorking } from '../support/grounded-path.ts';
import type { Row } from './evidence-row.ts';
import { rows } from './evidence-rows.ts';
import { targets } from './observations.ts';

const folder = join(import.meta.dirname, '../evidence');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

it('each recorded report has a recorded truth', () => {
  expect(files.map((name) => name.replace('.json', '')).toSorted()).toEqual(Object.keys(rows).toSorted());
});

const diagnosed = (id: string, { right, isPair, isNoneRight }: Row) => {
  const { report } = parseReport(readFileSync(join(folder, `${id}.json`), 'utf8'));
  const diagnosis = diagnose(report, targets, report.history);
  const isNone = right.length === 0 || (isNoneRight === true && diagnosis.faults.length === 0);
  const causes = isPair === true ? right.map((one) => [one]) : isNone ? [] : [right];
  return { report, diagnosis, scored: { causes, answer: answerOf(diagnosis) } satisfies ScoredRow };
};

it.each(Object.entries(rows))(
  '%s keeps its diagnosis, and no hop behind the broken one is marked as working without a request',
  (id, row) => {
    const { report, diagnosis, scored } = diagnosed(id, row);

    expect(diagnosis.faults.map((tie) => tie.toSorted())).toEqual(row.named);
    expect(sureButWrong(scored)).toEqual([]);
    expect(unseenButWorking(report, diagnosis, targets)).toEqual([]);
  },
);

it.each(Object.entries(rows))('%s has a verdict that agrees with its diagnosis', (id, row) => {
  const { report, diagnosis } = diagnosed(id, row);
  const verdict = verdictOf(report, diagnosis);
  if (diagnosis.faults.length > 0) expect(verdict).toMatch(/failing|degraded/);
  if (verdict === 'inconclusive') expect(diagnosis.hypotheses).toEqual([]);
  if (verdict === 'healthy') expect(diagnosis.status).toBe('healthy');
});

it('the recorded reports keep their figures', () => {
  const cases = Object.entries(rows).map(([id, row]) => ({ ...row, ...diagnosed(id, row) }));
  const shown = cases.map(({ diagnosis, right }) => showsBrokenHop(diagnosis, right)).filter((one) => one !== null);
  const grounded = shown.filter(Boolean).length / shown.length;
  const scored = cases.map((one) => one.scored);
  const strict = scored.reduce((sum, one) => sum + strictScore(one), 0);
  const error = calibrationError(scored);
  process.stdout.write(
    `recorded reports: strict score ${strict.toFixed(1)} of ${scored.length}, grounded path ${(100 * grounded).toFixed(0)} % of ${shown.length}, calibration error ${error?.toFixed(2)}\n`,
  );
  // As reached. A change that improves one of them moves its bound.
  expect(strict).toBeGreaterThanOrEqual(596.5);
  expect(grounded).toBeGreaterThanOrEqual(0.98);
  expect(error).toBeLessThan(0.051);
});
