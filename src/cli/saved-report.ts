import * as v from 'valibot';
import { verdictOf } from '../classify/outcome.ts';
import type { Outcome, Registration, Report, StepOutcome } from '../model/report.ts';
import { awsConfirmation } from '../model/report-schema/aws-confirmation.ts';
import { followUp } from '../model/report-schema/follow-up.ts';
import { reasonOf, schemaVersion, wayOut } from '../model/report-schema/judged.ts';
import { outcome } from '../model/report-schema/outcome.ts';
import { registration, step } from '../model/report-schema/registration.ts';
import { blindness, frame, verdict } from '../model/report-schema/report.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { few } from '../wording/count.ts';
import { cut, plainText } from '../wording/plain-text.ts';
import { fieldsOf, migrated } from './older-report.ts';

/** The parts of a report that this version can use, without the diagnosis, which is made again. */
export interface SavedReport {
  readonly report: Omit<Report, 'diagnosis' | 'stillFailing'>;
  /** Parts that could not be used, a phrase each. */
  readonly unused: readonly string[];
}

/** Reads a saved report, or the parts that fit this version's schema. Throws with the reason when none does. */
export const parseReport = (text: string): SavedReport => {
  const saved = migrated(fieldsOf(parse(text)));
  const version = saved['schemaVersion'];
  if (typeof version !== 'number' || !Array.isArray(saved['outcomes']))
    throw new Error(`it is not a report: ${wayOut}`);
  const outcomes = readEach(saved['outcomes'], outcome, ({ target }) => String(target ?? 'an outcome without a name'));
  const flow = readFlow(saved['registration']);
  const count = outcomes.usable.length + (flow.registration?.steps.length ?? 0);
  const more = readFollowUp(saved['followUp']);
  const unusable = [...outcomes.unused, ...flow.unused, ...more.unused];
  if (count === 0)
    throw new Error(`${['it has no outcome that this version can use', ...unusable].join('; ')}; ${wayOut}`);
  const judged = v.safeParse(verdict, saved['verdict']);
  const answers = v.safeParse(awsConfirmation, saved['confirmation']);
  const results = { outcomes: outcomes.usable as readonly Outcome[], registration: flow.registration };
  return {
    report: {
      ...v.parse(frame, saved),
      schemaVersion: 1,
      blind: v.parse(v.nullable(blindness), saved['blind']),
      // Without the diagnosis. Whoever makes it again judges again.
      verdict: judged.success ? judged.output : verdictOf(results, { faults: [] }),
      ...results,
      ...more.part,
      ...(answers.success ? { confirmation: answers.output } : {}),
    },
    unused: [
      ...(v.is(schemaVersion, version)
        ? []
        : [`parts that schemaVersion 1 does not have: the report has schemaVersion ${version}`]),
      ...(judged.success || saved['verdict'] === undefined
        ? []
        : ['its verdict, which this version does not know: it is worked out again from the outcomes']),
      ...(answers.success || saved['confirmation'] === undefined ? [] : ['what AWS said about the hypotheses']),
      ...unusable,
    ],
  };
};

const parse = (text: string): unknown => {
  if (text.trim() === '') throw new Error(`it is empty: ${wayOut}`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = plainText(error instanceof Error ? error.message : String(error));
    throw new Error(
      !/^\s*[{[]/.test(text) || /[}\]]\s*$/.test(text)
        ? `it is not JSON: ${reason}`
        : `it ends after ${text.length} characters, so the JSON is incomplete: ${reason}`,
    );
  }
};

const readFollowUp = (
  saved: unknown,
): { readonly part: Pick<Report, 'followUp'>; readonly unused: readonly string[] } => {
  if (saved === undefined) return { part: {}, unused: [] };
  const read = v.safeParse(followUp, saved);
  return read.success
    ? { part: { followUp: read.output }, unused: [] }
    : { part: {}, unused: [`its follow-up requests: ${shownReason(read.issues[0])}`] };
};

interface Flow {
  readonly registration: Registration | null;
  readonly unused: readonly string[];
}

/** Reads each step on its own, so that an unreadable one costs no other. */
const readFlow = (saved: unknown): Flow => {
  if (saved === null) return { registration: null, unused: [] };
  const fields = fieldsOf(saved);
  if (!Array.isArray(fields['steps'])) return { registration: null, unused: ['the registration flow has no steps'] };
  const steps = readEach(fields['steps'], step, ({ id }) => `${registrationHost}.${id ?? 'step without a name'}`);
  const whole = v.safeParse(registration, { ...fields, steps: [] });
  if (!whole.success) return { registration: null, unused: [`the registration flow: ${shownReason(whole.issues[0])}`] };
  return { registration: { ...whole.output, steps: steps.usable as readonly StepOutcome[] }, unused: steps.unused };
};

/** The entries that fit the schema, and the reasons why others do not, grouped by reason. */
const readEach = <const T extends v.GenericSchema>(
  entries: readonly unknown[],
  schema: T,
  nameOf: (fields: Readonly<Record<string, unknown>>) => string,
): { readonly usable: readonly v.InferOutput<T>[]; readonly unused: readonly string[] } => {
  const usable: v.InferOutput<T>[] = [];
  const faulty = new Map<string, string[]>();
  for (const entry of entries) {
    const read = v.safeParse(schema, entry);
    if (read.success) {
      usable.push(read.output);
      continue;
    }
    const reason = shownReason(read.issues[0]);
    faulty.set(reason, [...(faulty.get(reason) ?? []), plainText(nameOf(fieldsOf(entry)))]);
  }
  return { usable, unused: [...faulty].map(([reason, names]) => `${few(names, shownNames)}: ${reason}`) };
};

const shownNames = 6;
const shownCharacters = 160;

const shownReason = (issue: v.BaseIssue<unknown>): string => cut(plainText(reasonOf(issue)), shownCharacters);
