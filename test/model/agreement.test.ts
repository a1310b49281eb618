import fc from 'fast-check';
import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { conclude } from '../../src/functions/deploy-hook/conclusion.ts';
import { conclusionLine } from '../../src/functions/deploy-hook/line.ts';
import { failingIds, summaryLine as logLine, warnings } from '../../src/functions/probe/log-lines.ts';
import { cycleOf } from '../../src/incidents/cycle-of.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import type { Report, Status } from '../../src/model/report.ts';
import { cleanUpTarget } from '../../src/platform/flow-steps.ts';
import { explain } from '../../src/report/explanation.ts';
import { annotations } from '../../src/report/github/annotations.ts';
import { summary } from '../../src/report/github/summary.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderJunit } from '../../src/report/junit/render.ts';
import { renderPretty } from '../../src/report/pretty.ts';
import { summaryLine } from '../../src/report/summary.ts';
import { verdictSentence } from '../../src/wording/verdict.ts';
import { targets } from '../diagnose/observations.ts';
import { cleanup, flow, outcome, report, stepsWith } from '../metrics/reports.ts';
import { anyCycle, type Fact } from './cycles.ts';

const view = { hosts: {}, targets, through: 'https://registry.hokus.ai/api/mlflow' };
const lenient = { degraded: false, known: false };

const idsWith = (facts: readonly Fact[], ...wanted: readonly Status[]): readonly string[] =>
  facts.filter(({ status, known }) => wanted.includes(status) && !known).map(({ id }) => id);

/** `8 of 62 requests fail` → 8 and 62; null: the sentence does not say so. */
const counted = (sentence: string, verb: string): readonly number[] | null => {
  const match = new RegExp(`(\\d+) of (\\d+) requests? ${verb}`).exec(sentence);
  return match === null ? null : match.slice(1).map(Number);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** How many requests the last line of the text counts with this word; in brackets, those of the flow. */
const inLine = (line: string, word: string): { readonly all: number; readonly flow: number } => {
  const counts = [...line.matchAll(new RegExp(`(\\d+) ${word}\\b`, 'g'))].map(([, count]) => Number(count));
  const flow = /registration: ([^)]*)/.exec(line)?.[1] ?? '';
  const ofFlow = Number(new RegExp(`(\\d+) ${word}\\b`).exec(flow)?.[1] ?? 0);
  return { all: line.includes('(') || flow === '' ? (counts[0] ?? 0) : ofFlow, flow: ofFlow };
};

const sentenceOf = (found: Report): string => verdictSentence(found, explain(found, view));

const hookLine = (found: Report) =>
  conclusionLine({ deployment: 'd-1' }, conclude({ report: found, platform: view, cycles: 1, openBefore: [] })).data;

describe('every output of a cycle', () => {
  it('counts the same failures in the sentence, the text, the log and the message to CodeDeploy', () => {
    fc.assert(
      fc.property(anyCycle, ({ facts, report: found }) => {
        const failing = idsWith(facts, 'fail');
        const asked = facts.filter(({ status }) => status !== 'skipped').length;
        if (failing.length > 0) expect(counted(sentenceOf(found), 'fails?')).toEqual([failing.length, asked]);
        const line = summaryLine(found, createColors(false));
        for (const status of ['fail', 'degraded', 'inconclusive', 'pass', 'skipped'] as const)
          expect(inLine(line, status), line).toEqual({
            all: idsWith(facts, status).length,
            flow: idsWith(facts, status).filter((id) => id.startsWith('registration.')).length,
          });
        expect(failingIds(found)).toEqual(failing);
        const known = facts.filter((one) => one.known).map(({ id }) => id);
        expect(logLine(found, null).data).toMatchObject({ failing, degraded: idsWith(facts, 'degraded'), known });
        expect(hookLine(found)).toMatchObject({ failingCount: failing.length, known });
      }),
      { numRuns: 300 },
    );
  });

  it('agrees between test results, metrics and an incident', () => {
    fc.assert(
      fc.property(anyCycle, ({ facts, report: found }) => {
        const junit = renderJunit(found, view, lenient);
        const failures = [...junit.matchAll(/<testcase classname="[^"]*" name="([^"]*)"[^>]*><failure/g)];
        expect(new Set(failures.map(([, name]) => name).filter((name) => name !== 'diagnosis'))).toEqual(
          new Set(idsWith(facts, 'fail')),
        );
        const published = metricsFromReport(found, 'hosts').filter(({ name }) => name === 'Failures');
        expect(sum(published.flatMap(({ values }) => values))).toBe(
          idsWith(facts, 'fail', 'degraded', 'inconclusive').length,
        );
        const unexplained = { ...found, diagnosis: { ...found.diagnosis, status: 'no-match' as const } };
        const affected = cycleOf(unexplained, targets, {}).sightings.flatMap((one) => one.affected);
        expect(new Set(affected.map(({ id }) => id))).toEqual(new Set(idsWith(facts, 'fail', 'degraded')));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a failing clean-up', () => {
  const left = cleanup([{ thing: 'run', id: 'a1' }], { status: 'fail' });
  const failing = report([outcome('auth.root', 'pass')], {
    verdict: 'failing',
    registration: flow(stepsWith([]), { status: 'fail', cleanup: left }),
  });

  it('is one more request in every output', () => {
    expect(sentenceOf(failing)).toBe('1 of 22 requests fails, the flow left 1 thing behind.');
    expect(warnings(failing)).toMatchObject([
      { message: `${cleanUpTarget} fails: cleanup-failed, 502 by the application: MLflow is away` },
      { message: 'registration left behind: run a1' },
    ]);
    expect(logLine(failing, null).data).toMatchObject({ failing: [cleanUpTarget] });
    expect(hookLine(failing)).toMatchObject({ failing: [{ id: cleanUpTarget, failureMode: 'cleanup-failed' }] });
    const steps = metricsFromReport(failing, 'targets').filter(({ dimensions }) => dimensions.Step === 'clean-up');
    expect(steps.map(({ name, values }) => [name, values])).toEqual([
      ['Success', [0]],
      ['Duration', [120]],
      ['StepFailure', [1]],
    ]);
    expect(cycleOf(failing, targets, {}).sightings).toMatchObject([
      { affected: [{ id: cleanUpTarget, host: 'registry', status: 'fail' }] },
    ]);
  });

  it.each([
    {
      title: 'the text',
      text: renderPretty(failing, { ...view, color: false, width: 100 }),
      shows: /\n {2}✗ clean-up [\s\S]*left behind: run a1\n/,
    },
    {
      title: 'JUnit',
      text: renderJunit(failing, view, lenient),
      shows: /name="registration\.clean-up"[^>]*><failure [^>]*>[^<]*left behind: run a1/,
    },
    {
      title: 'the annotations',
      text: annotations(failing, view, lenient),
      shows: /^::error .*registration\.clean-up.*left behind: run a1$/m,
    },
    {
      title: 'the job summary',
      text: summary(failing, view),
      shows: /\| ✗ \| `registration\.clean-up` 120 ms \| `cleanup-failed` \|[\s\S]*left behind: `run a1`/,
    },
    {
      title: 'the page',
      text: renderHtml(failing, view),
      shows: /<strong class="fail">cleanup-failed<\/strong>[\s\S]*left behind: run <code>a1<\/code>/,
    },
  ])('is in $title, with the objects left behind', ({ text, shows }) => {
    expect(text).toMatch(shows);
  });
});
