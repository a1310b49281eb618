import fc from 'fast-check';
import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { advance } from '../../src/incidents/advance.ts';
import { cycleOf } from '../../src/incidents/cycle-of.ts';
import { emptyState } from '../../src/incidents/state.ts';
import type { IncidentView } from '../../src/model/incident.ts';
import type { Report } from '../../src/model/report.ts';
import { messageOf } from '../../src/notify/message.ts';
import { explain } from '../../src/report/explanation.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderJunit } from '../../src/report/junit/render.ts';
import { renderPretty } from '../../src/report/pretty.ts';
import { summaryLine } from '../../src/report/summary.ts';
import { affectedWords } from '../../src/wording/incident.ts';
import { explainsWords } from '../../src/wording/requests.ts';
import { targets } from '../diagnose/observations.ts';
import { rules } from '../incidents/cycles.ts';
import { setting } from '../notify/incidents.ts';
import { anyCycle } from './cycles.ts';

const view = { hosts: {}, targets, through: 'https://registry.hokus.ai/api/mlflow' };

const numbers = (text: string, pattern: RegExp): readonly number[] =>
  [...text.matchAll(pattern)].map(([, count]) => Number(count));
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

/** Random cycles, diagnosed. */
const anyReport: fc.Arbitrary<Report> = anyCycle.map(({ report }) => ({
  ...report,
  diagnosis: diagnose(report, targets),
}));

const failing = ({ outcomes, registration }: Report) => {
  const ofTargets = outcomes.filter(({ status, known }) => status === 'fail' && !known).length;
  const steps = (registration?.steps ?? []).filter(({ status, known }) => status === 'fail' && !known).length;
  return { ofTargets, all: ofTargets + steps + (registration?.cleanup.status === 'fail' ? 1 : 0) };
};

/** The incidents that the cycle opens, with what is sent about each. */
const messages = (report: Report) =>
  advance(emptyState('development'), cycleOf(report, targets, {}), {
    ...rules,
    open: { failures: 1, of: 1 },
  }).events.flatMap((event) => ('incident' in event ? [{ view: event.incident, ...messageOf(event, setting) }] : []));

/** Requests that the mail lists: by name, and as `and 3 more`. */
const listedIn = (text: string, { affected }: IncidentView): number => {
  const section = /\n(?:Failing|Degraded|Failing or degraded) \(\d+\):\n([\s\S]*?)\n\n/.exec(`${text}\n\n`)?.[1] ?? '';
  const words = section.replaceAll(/\s+/g, ' ');
  const named = affected.filter(({ id }) => new RegExp(`[ ,]${id}(?:[ ,]|$)`).test(words)).length;
  return named + sum(numbers(words, /and (\d+) more/g));
};

describe('the number of failures', () => {
  it('is the same in the last line, beside the hosts, in the page and in the test results', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { ofTargets, all } = failing(report);
        const text = renderPretty(report, { ...view, color: false, width: 200 });
        expect(sum(numbers(text, /^✗ \S.* {3}(\d+) of \d+ fail$/gm)), text).toBe(ofTargets);
        const [line = ''] = summaryLine(report, createColors(false)).split(' (');
        expect(numbers(line, /\b(\d+) fail\b/g)[0] ?? 0).toBe(all);
        expect(sum(numbers(renderHtml(report, view), /<span class="fail">(\d+) of \d+ fail</g))).toBe(ofTargets);
        const suites = renderJunit(report, view, { degraded: false, known: false }).matchAll(
          /<testsuite name="([^"]*)"[^>]* failures="(\d+)"/g,
        );
        const failures = [...suites].map(([, name, count]) => (name === 'diagnosis' ? 0 : Number(count)));
        expect(sum(failures)).toBe(all);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same in the sentence, the list and the chat of each message', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const { view: incident, text, card } of messages(report)) {
          const { affectedCount: count } = incident;
          expect(affectedWords(incident)).toMatch(new RegExp(`^${count} requests? `));
          expect(text.replaceAll(/\s+/g, ' ')).toContain(affectedWords(incident));
          expect(numbers(text, /^(?:Failing|Degraded|Failing or degraded) \((\d+)\):$/gm)).toEqual([count]);
          expect(listedIn(text, incident), text).toBe(count);
          expect(sum(numbers(card.content.description, /^• (?:and )?(\d+) (?:×|more)/gm))).toBe(count);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('that a cause explains is the number of its message, and each failure is in a message', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { faults, symptoms, unexplained } = explain(report, view);
        const { sightings, kind } = cycleOf(report, targets, {});
        if (kind !== 'seen' || report.diagnosis.status === 'healthy') return;
        const told = new Set(sightings.flatMap(({ affected }) => affected.map(({ id }) => id)));
        expect(symptoms.filter(({ id }) => !told.has(id))).toEqual([]);
        if (unexplained.length > 0 || faults.length === 0) return;
        const explained = sightings.filter(({ causes }) => causes.length > 0);
        expect(explained.map(({ affectedCount }) => affectedCount)).toEqual(faults.map(({ explains }) => explains));
      }),
      { numRuns: 150 },
    );
  });

  it('says degraded where not everything fails', () => {
    const [fail, degraded] = [{ status: 'fail' }, { status: 'degraded' }] as const;
    expect(explainsWords(2, [fail, fail])).toBe('2 of 2 failures');
    expect(explainsWords(1, [fail, degraded])).toBe('1 of 2 requests that fail or are degraded');
    expect(explainsWords(1, [degraded])).toBe('1 of 1 request that is degraded');
  });
});
