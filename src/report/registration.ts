import { registrationSteps } from '../platform/registration.ts';
import type { CleanupOutcome, Registration, StepOutcome } from '../platform/report.ts';
import { type Entry, isTrouble, lineStart, loudLines, summaryLines } from './entry.ts';
import type { Page, Section } from './page.ts';
import { marks, paintOf } from './paint.ts';
import { duration, plainText, plural, wrapped } from './plain-text.ts';
import { factWords } from './registration-facts.ts';

/** The flow: a line when it passes, else where it stopped, why, and what it left; `through`: the way that it is to take. */
export const registrationSection = (registration: Registration, through: string, page: Page): Section => {
  const { status, steps, cleanup } = registration;
  const { colors, width } = page;
  const trouble = status !== 'pass' && status !== 'skipped';
  const paint = paintOf(status, colors);
  const title = trouble
    ? paint(colors.bold(`${marks[status]} model registration`))
    : `${paint(marks[status])} ${colors.bold('model registration')}`;
  const [first = '', ...more] = wrapped([...course(registration), leftWords(cleanup)], ' · ', width - headingWidth);
  const facts = wrapped([...factWords(registration, through), ...sweptWords(cleanup)], ' · ', width - 2);
  return {
    trouble,
    lines: [
      `${title}   ${trouble ? paint(first) : first}`,
      ...more.map((line) => `  ${line}`),
      ...facts.map((line) => colors.dim(`  ${line}`)),
      ...loudLines(steps.filter(isTrouble).map(entryOfStep), page),
      ...cleanupLines(cleanup, page),
    ],
  };
};

const headingWidth = '✓ model registration   '.length;

/** How far it came, in a few words. */
export const course = ({ status, steps, durationMs }: Registration): readonly string[] => {
  const stop = steps.findIndex((step) => step.status === status && isTrouble(step));
  const at = steps[stop];
  if ((status === 'fail' || status === 'inconclusive') && at !== undefined) {
    const skipped = countSkipped(steps.slice(stop));
    const what = status === 'inconclusive' ? 'unfinished' : skipped > 0 ? 'stopped' : 'fails';
    return [
      `${what} at step ${stop + 1} of ${steps.length}, ${registrationSteps[at.id].title}`,
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ];
  }
  if (status === 'skipped') return [`not run: ${plainText(steps[0]?.evidence.summary ?? '')}`];
  const done = steps.length - countSkipped(steps);
  return [`${done < steps.length ? `${done} of ` : ''}${plural(steps.length, 'step')} in ${duration(durationMs)}`];
};

const countSkipped = (steps: readonly StepOutcome[]): number =>
  steps.filter(({ status }) => status === 'skipped').length;

export const leftWords = ({ leftBehind }: CleanupOutcome): string =>
  leftBehind.length === 0 ? 'nothing left behind' : `${leftBehind.length} left behind`;

export const entryOfStep = (step: StepOutcome): Entry => ({
  name: step.id,
  ms: step.durationMs,
  known: step.known,
  asked: step.requests > 1 ? plural(step.requests, 'request') : '',
  outcome: step,
});

/** What somebody would have to delete by hand, by its full name: it is to be copied. */
const cleanupLines = (
  { status, failureMode, durationMs, leftBehind, evidence }: CleanupOutcome,
  { width, colors }: Page,
): readonly string[] => {
  if (leftBehind.length === 0 && failureMode === null) return [];
  const paint = paintOf(status, colors);
  return [
    `  ${paint(colors.bold(lineStart(status, 'clean-up', durationMs)))}`,
    `      ${paint(failureMode ?? status)}`,
    ...summaryLines(evidence?.summary ?? '', width),
    ...leftBehind.map(({ thing, id }) => `      left behind: ${thing} ${plainText(id)}`),
  ];
};

const sweptWords = ({ swept }: CleanupOutcome): readonly string[] =>
  swept.length === 0 ? [] : [`removed ${plural(swept.length, 'thing')} that earlier runs had left`];
