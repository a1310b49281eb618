import { failureModes } from '../model/failure-modes.ts';
import { isNews, isStillFailing } from '../model/predicates.ts';
import type { Registration } from '../model/report.ts';
import { isOfFlow, leftBehindIn, type Request, type StepRequest } from '../model/requests.ts';
import { registrationSteps } from '../platform/flow-steps.ts';
import { plural } from '../wording/count.ts';
import { flowTitle, stepWords } from '../wording/flow.ts';
import { plainText, wrapped } from '../wording/plain-text.ts';
import { marks, stillFailingWords } from '../wording/status.ts';
import { duration } from '../wording/time.ts';
import { loudLines } from './entry.ts';
import { below, fitted } from './fit.ts';
import type { Page, Section } from './page.ts';
import { paintOf } from './paint.ts';
import { factWords } from './registration-facts.ts';

/**
 * The flow: one line when it passes; otherwise where it stopped, why, and what it left. `through`: the path that it
 * should take.
 */
export const registrationSection = (
  registration: Registration,
  all: readonly Request[],
  through: string,
  page: Page,
): Section => {
  const { status } = registration;
  const { colors, width } = page;
  const news = all.filter((one) => isOfFlow(one) && isNews(one));
  const trouble = news.length > 0;
  const paint = paintOf(status, colors);
  const title = trouble
    ? paint(colors.bold(`${marks[status]} ${flowTitle}`))
    : `${isStillBroken(all) ? colors.yellow('!') : paint(marks[status])} ${colors.bold(flowTitle)}`;
  const told = course(registration, all);
  // The first part stands beside the heading if it fits there.
  const fits = (told[0] ?? '').length <= width - headingWidth;
  const [first = '', ...more] = fits
    ? wrapped(told, ' · ', width - headingWidth)
    : ['', ...fitted(told, ' · ', width - 2)];
  const facts = fitted([...factWords(registration, all, through), ...sweptWords(all)], ' · ', width - 2);
  return {
    trouble,
    lines: [
      first === '' ? title : `${title}   ${trouble ? paint(first) : first}`,
      ...below(more, 2),
      ...facts.map((line) => colors.dim(`  ${line}`)),
      ...loudLines(news, page),
    ],
  };
};

/** The flow fails, but as before. */
export const isStillBroken = (all: readonly Request[]): boolean =>
  all.some((one) => isOfFlow(one) && isStillFailing(one));

const headingWidth = `✓ ${flowTitle}   `.length;

/** The flow's progress and what it left, in a few words. */
export const course = (registration: Registration, all: readonly Request[]): readonly string[] => [
  ...progressWords(
    registration,
    all.filter((one) => one.kind === 'step'),
  ),
  leftWords(all),
];

const progressWords = ({ status, durationMs }: Registration, steps: readonly StepRequest[]): readonly string[] => {
  const still = steps.find((step) => isStillFailing(step) && step.status === 'fail');
  if (still !== undefined && !steps.some(isNews)) return [`${stillFailingWords} at ${stepWords(still.step)}`];
  const stop = steps.findIndex((step) => step.status === status && isNews(step));
  const at = steps[stop];
  if ((status === 'fail' || status === 'inconclusive') && at !== undefined) {
    const skipped = countSkipped(steps.slice(stop));
    const what = status === 'inconclusive' ? 'unfinished' : skipped > 0 ? 'stopped' : 'fails';
    return [`${what} at ${stepWords(at.step)}`, ...(skipped > 0 ? [`${plural(skipped, 'step')} skipped`] : [])];
  }
  if (status === 'skipped') return [`not run: ${plainText(steps[0]?.evidence.summary ?? '')}`];
  const done = steps.length - countSkipped(steps);
  return [`${done < steps.length ? `${done} of ` : ''}${plural(steps.length, 'step')} in ${duration(durationMs)}`];
};

const countSkipped = (steps: readonly StepRequest[]): number =>
  steps.filter(({ status }) => status === 'skipped').length;

const leftWords = (all: readonly Request[]): string => {
  const left = leftBehindIn(all).length;
  if (left > 0) return `${left} left behind`;
  return all.some(mayAppear) ? 'nothing left behind so far; sweep removes what appears later' : 'nothing left behind';
};

/** The server may still carry out a creation whose response was lost, and the clean-up saw nothing of it. */
const mayAppear = (request: Request): boolean =>
  request.kind === 'step' &&
  request.status === 'fail' &&
  registrationSteps[request.step].makes.length > 0 &&
  request.failureMode !== null &&
  failureModes[request.failureMode].lost;

const sweptWords = (all: readonly Request[]): readonly string[] => {
  const swept = all.flatMap((one) => (one.kind === 'clean-up' ? one.swept : []));
  return swept.length === 0 ? [] : [`removed ${plural(swept.length, 'thing')} left by earlier runs`];
};
