import { isOfCycle } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { type Request, requests } from '../model/requests.ts';
import { missingVersionTitle, shownVerdict } from '../wording/awaited.ts';
import { cut, plainText } from '../wording/plain-text.ts';
import { verdictWords } from '../wording/status.ts';
import { duration } from '../wording/time.ts';
import { verdictSentence } from '../wording/verdict.ts';
import { explain } from './explanation.ts';
import { jsonText } from './json-text.ts';
import type { View } from './view.ts';

type Change = 'new' | 'changed' | 'still' | 'over' | 'unknown' | 'slower';

/** One request whose result differs between two reports, or that fails in both. */
export interface Difference {
  readonly request: string;
  readonly change: Change;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly differences: readonly Difference[];
}

interface Side {
  readonly environment: string;
  readonly startedAt: string;
  readonly verdict: Report['verdict'];
  readonly conclusion: string;
}

/** A request counts as slower from this factor on, and from this many milliseconds more: below, it is noise. */
const slowerFactor = 3;
const slowerMs = 300;

/** What changed from one report to a later one, by request. */
export const compare = (before: Report, after: Report, view: View): Comparison => ({
  before: sideOf(before, view),
  after: sideOf(after, view),
  differences: differencesBetween(before, after).toSorted((a, b) => order[a.change] - order[b.change]),
});

/** Whether the later report has a failure that the earlier one does not have. */
export const isWorse = ({ differences }: Comparison): boolean =>
  differences.some(({ change }) => change === 'new' || change === 'changed');

const order: Readonly<Record<Change, number>> = { new: 0, changed: 1, still: 2, over: 3, slower: 4, unknown: 5 };

const sideOf = (report: Report, view: View): Side => ({
  environment: plainText(report.environment),
  startedAt: report.startedAt,
  verdict: shownVerdict(report),
  conclusion: [missingVersionTitle(report), verdictSentence(report, explain(report, view))]
    .filter((part) => part !== null)
    .join('. '),
});

const differencesBetween = (before: Report, after: Report): readonly Difference[] => {
  const earlier = new Map(ofCycle(before).map((one) => [one.id, one]));
  const later = new Map(ofCycle(after).map((one) => [one.id, one]));
  return [...new Set([...later.keys(), ...earlier.keys()])].flatMap((id) => {
    const [a, b] = [earlier.get(id), later.get(id)];
    const change = changeOf(a, b);
    return change === null ? [] : [{ request: id, change, before: resultOf(a), after: resultOf(b) }];
  });
};

const ofCycle = (report: Report): readonly Request[] => requests(report).filter(isOfCycle);

const fails = (one: Request | undefined): one is Request => one?.status === 'fail' || one?.status === 'degraded';
const passes = (one: Request | undefined): boolean => one?.status === 'pass';

/** Null: both pass, or nothing can be said. A known failure is the normal state of that request, unless both fail in the same way. */
const changeOf = (before: Request | undefined, after: Request | undefined): Change | null => {
  if (fails(before) && fails(after)) {
    if (before.failureMode === after.failureMode && before.status === after.status)
      return before.known && after.known ? null : 'still';
    if (after.known) return before.known ? null : 'over';
    return before.known ? 'new' : 'changed';
  }
  if (fails(after)) return after.known ? null : 'new';
  if (fails(before)) return passes(after) ? 'over' : 'unknown';
  if (passes(before) && passes(after)) return isSlower(before, after) ? 'slower' : null;
  return passes(before) === passes(after) ? null : 'unknown';
};

const isSlower = (before: Request | undefined, after: Request | undefined): boolean => {
  const [a, b] = [before?.durationMs ?? null, after?.durationMs ?? null];
  return a !== null && b !== null && b >= a * slowerFactor && b - a >= slowerMs;
};

const resultOf = (one: Request | undefined): string | null => {
  if (one === undefined) return null;
  const mode = one.failureMode === null ? '' : ` ${one.failureMode}`;
  const ms = one.durationMs === null || one.status === 'skipped' ? '' : ` in ${duration(one.durationMs)}`;
  return `${one.status}${mode}${one.known ? ', known' : ''}${ms}`;
};

const headings: Readonly<Record<Change, string>> = {
  new: 'fails now',
  changed: 'fails in another way',
  still: 'still fails',
  over: 'works again',
  slower: 'slower',
  unknown: 'seen in one report only',
};

/** Requests of one kind of change that the text lists. */
const shownOfAKind = 12;

export const renderComparison = ({ before, after, differences }: Comparison, width: number): string =>
  [
    ...[before, after].map(
      (side, index) =>
        `${index === 0 ? 'before' : 'after '}  ${side.startedAt}  ${side.environment}  ${verdictWords[side.verdict]}: ${side.conclusion}`,
    ),
    ...(differences.length === 0 ? ['', 'no request differs'] : []),
    ...[...Map.groupBy(differences, ({ change }) => change)].flatMap(([change, some]) => [
      '',
      `${headings[change]} (${some.length})`,
      ...some
        .slice(0, shownOfAKind)
        .map(({ request, before: a, after: b }) =>
          cut(`  ${plainText(request).padEnd(nameWidth)} ${a ?? 'not asked'} → ${b ?? 'not asked'}`, width),
        ),
      ...(some.length > shownOfAKind ? [`  … and ${some.length - shownOfAKind} more`] : []),
    ]),
    '',
  ].join('\n');

const nameWidth = 42;

export const comparisonJson = (comparison: Comparison): string => jsonText(comparison);
