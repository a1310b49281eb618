import type { ConfigErrorAt, ConfigErrorData, Path, Position } from './config-errors.ts';
import { cutOut, findRefusedSecrets } from './secret-shapes.ts';
import { type Words, wordsFor } from './wording.ts';

/** A message about a configuration. */
export interface ConfigNotice {
  /** The file's name, or the other source that it came from. */
  readonly place: string;
  /** From 1; null: it has no place in the text. */
  readonly line: number | null;
  readonly column: number | null;
  /** Such as `targets.registry.health.timeoutMs`; empty: the whole document. */
  readonly path: string;
  readonly reason: string;
  readonly hint: string;
}

export interface LocatedConfigError extends ConfigNotice {
  readonly fault: ConfigErrorData;
}

/** The first errors usually cause the others. */
const shownLimit = 50;

/** All errors of a configuration. Its message is fit to be printed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly LocatedConfigError[];

  /** `count`: the total, when `problems` holds only the first ones. */
  constructor(problems: readonly LocatedConfigError[], count: number = problems.length) {
    super(renderProblems(problems, count));
    this.problems = problems;
  }
}

export const problemOf = (
  { path, fault }: ConfigErrorAt,
  position: Position | null,
  place: string,
): LocatedConfigError => ({
  ...noteOf(path, position, place, wordsFor(fault)),
  fault,
});

export const noteOf = (
  path: Path,
  position: Position | null,
  place: string,
  { reason, hint }: Words,
): ConfigNotice => ({
  place,
  line: position?.line ?? null,
  column: position?.column ?? null,
  path: shown(path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join(''))
    .replace(/^\./, '')
    .slice(0, pathLimit),
  reason: shown(reason),
  hint: shown(hint),
});

/** Names come from the document, so keep them on one line and hide secrets that were pasted there. */
const shown = (text: string): string =>
  cutOut(text, findRefusedSecrets(text)).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?');

const pathLimit = 200;

/** In the order of the text; messages without a place come first. */
export const inOrder = <T extends ConfigNotice>(notes: readonly T[]): readonly T[] =>
  notes.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));

/** A line for each problem, such as `synthetics.yaml:12:3  targets.registry.helth  no such target; did you mean registry.health?` */
export const renderProblems = (problems: readonly ConfigNotice[], count: number = problems.length): string => {
  const lines = problems.slice(0, shownLimit).map(renderProblem);
  const more = count - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
};

const renderProblem = ({ place, line, column, path, reason, hint }: ConfigNotice): string => {
  const where = line === null ? place : `${place}:${line}:${column ?? 1}`;
  const what = hint === '' ? reason : `${reason}; ${hint}`;
  return [where, path, what].filter((part) => part !== '').join('  ');
};
