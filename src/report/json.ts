import type { Candidate } from '../platform/diagnosis.ts';
import { defaultHosts } from '../platform/hosts.ts';
import type { Report } from '../platform/report.ts';
import { commandFor, firstCommand } from './next-steps.ts';

/** A hypothesis as the JSON has it. */
export interface CandidateJson extends Candidate {
  /** What to run first. */
  readonly nextStep: string;
}

/** The report as JSON, `schemaVersion` 1; times are rounded to a microsecond, which is more than they are worth. */
export const renderJson = (
  { diagnosis, ...report }: Report,
  { hosts }: { readonly hosts: Readonly<Record<string, string>> } = { hosts: defaultHosts },
): string => {
  const hypotheses = diagnosis.hypotheses.map(
    (one): CandidateJson => ({
      ...one,
      nextStep: commandFor(firstCommand(one.id), one.hosts?.[0] ?? null, hosts),
    }),
  );
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  return `${JSON.stringify({ ...report, diagnosis: { ...diagnosis, hypotheses } }, rounded, 2)}\n`;
};
