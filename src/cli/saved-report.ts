import * as v from 'valibot';
import { verdictOf } from '../classify/outcome.ts';
import { outsideGroup } from '../platform/hosts.ts';
import { stepTarget } from '../platform/registration.ts';
import type { Outcome, Registration, Report, StepOutcome } from '../platform/report.ts';
import { cut, few, plainText } from '../report/plain-text.ts';
import { withFindings } from './older-report.ts';
import { frame, outcome, registration, step } from './saved-report-schema.ts';

/** A report as far as this version can use it. It holds no diagnosis: that is what it is read for. */
export interface SavedReport {
  readonly report: Omit<Report, 'diagnosis'>;
  /** What could not be used, a sentence each. */
  readonly unused: readonly string[];
}

/** Reads a saved report of this version, or as much as has its shape; throws a sentence when nothing of it can be used. */
export const parseReport = (text: string): SavedReport => {
  const saved = fieldsOf(parse(text));
  const { outcomes, schemaVersion } = saved;
  if (typeof schemaVersion !== 'number' || !Array.isArray(outcomes))
    throw new Error('it is no report: save one with check --format json --output FILE');
  const read = readEach(outcomes, outcome, (fields) => String(fields['target'] ?? 'an outcome without a name'));
  const flow = readFlow(saved['registration']);
  // Checked are the fields that this program reads; what only passes through is as it was saved.
  const usable = read.usable as readonly Outcome[];
  const steps = flow.registration?.steps ?? [];
  if (usable.length + steps.length === 0)
    throw new Error(['there is no outcome in it that this version can use', ...read.unused, ...flow.unused].join('; '));
  const { verdict, blind, ...rest } = v.parse(frame, saved);
  return {
    report: {
      ...rest,
      blind: blind ?? blindBefore(saved['diagnosis'], usable),
      schemaVersion: 1,
      verdict: verdict ?? verdictOf({ outcomes: usable, registration: flow.registration }),
      outcomes: usable,
      registration: flow.registration,
    },
    unused: [
      ...(schemaVersion === 1 ? [] : [`what has not the shape of schemaVersion 1, for its own is ${schemaVersion}`]),
      ...(verdict === null ? ['its verdict, which this version does not know: it is made anew from the outcomes'] : []),
      ...read.unused,
      ...flow.unused,
    ],
  };
};

/** Earlier versions told of a blind monitor in the diagnosis alone. */
const blindBefore = (diagnosis: unknown, outcomes: readonly Outcome[]): Report['blind'] => {
  if (fieldsOf(diagnosis)['status'] !== 'monitor-blind') return null;
  const phase = outcomes.some((outcome) => outcome.phase === 'connect') ? 'connect' : 'resolve';
  return { phase, control: outcomes.find(({ host }) => host === outsideGroup)?.target ?? null };
};

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const parse = (text: string): unknown => {
  if (text.trim() === '') throw new Error('it is empty');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = plainText(error instanceof Error ? error.message : String(error));
    throw new Error(
      /[}\]]\s*$/.test(text)
        ? `it is no JSON: ${reason}`
        : `it breaks off after ${text.length} characters, so it is no whole JSON: ${reason}`,
    );
  }
};

const readFlow = (
  saved: unknown,
): { readonly registration: Registration | null; readonly unused: readonly string[] } => {
  if (saved === null || saved === undefined) return { registration: null, unused: [] };
  const { steps } = fieldsOf(saved);
  if (!Array.isArray(steps)) return { registration: null, unused: ['the registration flow has no steps'] };
  const read = readEach(steps, step, ({ id }) => stepTarget(String(id ?? 'step without a name') as StepOutcome['id']));
  const whole = v.safeParse(registration, saved);
  if (!whole.success) return { registration: null, unused: [`the registration flow: ${reasonOf(whole.issues[0])}`] };
  const flow: unknown = { ...whole.output, steps: read.usable };
  return { registration: flow as Registration, unused: read.unused };
};

/** The entries that have the shape, and what is wrong with the others, those with the same fault together. */
const readEach = (
  entries: readonly unknown[],
  schema: typeof outcome | typeof step,
  nameOf: (fields: Fields) => string,
): { readonly usable: readonly unknown[]; readonly unused: readonly string[] } => {
  const usable: unknown[] = [];
  const faulty = new Map<string, string[]>();
  for (const entry of entries) {
    const read = v.safeParse(schema, withFindings(entry));
    if (read.success) {
      usable.push(read.output);
      continue;
    }
    const reason = reasonOf(read.issues[0]);
    faulty.set(reason, [...(faulty.get(reason) ?? []), plainText(nameOf(fieldsOf(entry)))]);
  }
  return { usable, unused: [...faulty].map(([reason, names]) => `${few(names, shownNames)}: ${reason}`) };
};

const shownNames = 6;
const shownCharacters = 60;

const reasonOf = (issue: v.BaseIssue<unknown>): string => {
  const path = issue.path === undefined ? 'the entry' : issue.path.map(({ key }) => String(key)).join('.');
  return issue.received === 'undefined'
    ? `${plainText(path)} is missing`
    : `${plainText(path)} ${cut(plainText(issue.received), shownCharacters)} is not known to this version`;
};
