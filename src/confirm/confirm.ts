import type { Settings } from '../config/settings.ts';
import { withFindings } from '../diagnose/findings.ts';
import type { AwsChange, AwsConfirmation, AwsFinding } from '../model/aws-confirmation.ts';
import type { Report } from '../model/report.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { inventoryWith } from '../platform/inventory.ts';
import type { Keep } from '../raw/keep.ts';
import { Raw } from '../raw/raw.ts';
import { type Asker, createAsker } from './ask.ts';
import { type AwsAccess, createAwsClient } from './client.ts';
import { confirmers, isSilent } from './confirmers.ts';
import type { Known } from './facts.ts';
import { fitting, inTurn, type Question } from './fitting.ts';
import { gather, operationBehind } from './gather.ts';
import { type Confirmer, type Judgement, Undecided, viewOf } from './judge.ts';
import { confirmLimits } from './limits.ts';
import { explainsToo, neighboursOf } from './neighbours.ts';
import type { Subject } from './subject.ts';
import { hostsAlone, subjectAlone, subjectOf } from './subjects.ts';
import { unknownLine } from './unknown-line.ts';

/** What changed before a fault began, with the calls that are left. */
export type ChangesBefore = (subject: Subject, asker: Asker, keep: Keep) => Promise<readonly AwsChange[]>;

export interface Confirming {
  readonly settings: Settings;
  readonly access: AwsAccess;
  /** Redacts and cuts what AWS says. */
  readonly keep: Keep;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds for everything; at most the limit. */
  readonly limitMs?: number;
  /** Lists what changed before; without it, nothing does. Functions have no one who reads it. */
  readonly changes?: ChangesBefore;
}

/** Hypotheses of one fault that are asked about: the tie, and what is not ruled out. More are never plausible. */
const mostCandidates = 5;

/** A leader that is likelier than this is not put aside for what nothing shows from outside. */
const sureFrom = 0.9;

/** Whether a cycle leaves anything to ask AWS about. */
export const isWorthAsking = ({ diagnosis }: Report): boolean =>
  diagnosis.status === 'match' || diagnosis.status === 'ambiguous';

/** Asks AWS about the hypotheses of a report, and weighs its answers. The verdict stays. Never throws because of AWS. */
export const confirmReport = async (report: Report, options: Confirming): Promise<Report> => {
  if (!isWorthAsking(report)) return report;
  const { settings, now } = options;
  const { faults, hypotheses } = report.diagnosis;
  const questions = faults.flatMap((_, fault) =>
    hypotheses
      .filter((one) => one.fault === fault)
      .slice(0, mostCandidates)
      .map((one) => ({ id: one.id, fault, subject: subjectOf(one, report, settings, now()) })),
  );
  const leaderOf = (fault: number) => hypotheses.find((one) => one.fault === fault);
  const furtherQuestions = (findings: readonly AwsFinding[]): readonly Question[] => {
    const perFault = faults.map((_, fault): readonly Question[] => {
      const own = findings.filter((one) => one.fault === fault);
      const leader = leaderOf(fault);
      if (leader === undefined || own.some(({ verdict }) => verdict === 'confirmed')) return [];
      const isOpen = own.some(({ verdict }) => verdict === 'unknown');
      const isUnsure = (faults[fault]?.length ?? 0) > 1 || leader.probability < sureFrom;
      if (isOpen && !isUnsure) return [];
      return neighboursOf(own.map(({ hypothesis }) => hypothesis)).map((id) => ({
        id,
        fault,
        subject: subjectOf({ ...leader, id }, report, settings, now()),
      }));
    });
    return inTurn(perFault);
  };
  const confirmation = await answered(questions, options, furtherQuestions, questions[0]?.subject ?? null);
  const shared = faults.flatMap((_, fault) => sharedCauses(fault, leaderOf(fault)?.id, confirmation.findings));
  return weighed(report, settings, { ...confirmation, findings: [...confirmation.findings, ...shared] });
};

/** Causes confirmed for another fault that explain this one, if AWS decides nothing about it. Two faults at once are rare. */
const sharedCauses = (
  fault: number,
  leader: HypothesisId | undefined,
  findings: readonly AwsFinding[],
): readonly AwsFinding[] =>
  leader === undefined || findings.some((one) => one.fault === fault && one.verdict !== 'unknown')
    ? []
    : findings
        .filter(({ verdict, hypothesis }) => verdict === 'confirmed' && explainsToo(hypothesis, leader))
        .map((one) => ({ ...one, fault }));

/** The report with what AWS says. */
export const weighed = (
  report: Report,
  { targets }: Pick<Settings, 'targets'>,
  confirmation: AwsConfirmation,
): Report => ({
  ...report,
  confirmation,
  diagnosis: withFindings(report, targets, confirmation.findings),
});

/** Asks AWS about hypotheses without a report: about each host, if a hypothesis concerns one. */
export const confirmAlone = (ids: readonly HypothesisId[], options: Confirming): Promise<AwsConfirmation> =>
  answered(
    ids.flatMap((id) =>
      hostsAlone(id).map((host) => ({
        id,
        fault: 0,
        subject: subjectAlone(id, options.settings, { now: options.now(), host }),
      })),
    ),
    options,
  );

/**
 * @param further questions that the first answers raise
 * @param about what changes are asked about, with the calls that are left; null: nothing
 */
const answered = async (
  questions: readonly Question[],
  options: Confirming,
  further: (findings: readonly AwsFinding[]) => readonly Question[] = () => [],
  about: Subject | null = null,
): Promise<AwsConfirmation> => {
  const { settings, access, keep, changes, limitMs = confirmLimits.totalMs } = options;
  const totalMs = Math.min(limitMs, confirmLimits.totalMs);
  const began = performance.now();
  const client = createAwsClient(access, inventoryWith(settings.confirm).region);
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), totalMs);
  try {
    const asker = createAsker(client.call, { calls: confirmLimits.calls, totalMs }, ending.signal);
    const ask = (all: readonly Question[]) => Promise.all(all.map((one) => findingOf(one, asker, keep)));
    const first = await ask(questions);
    // Of what was not suspected from outside, only a cause is worth telling.
    // An AWS that answers nothing is not asked for more.
    const more = asker.answered() === 0 ? [] : fitting(further(first), questions, confirmLimits.calls - asker.made());
    const causes = (await ask(more)).filter(({ verdict }) => verdict === 'confirmed');
    const findings = [...first, ...causes];
    const before = about === null || asker.answered() === 0 ? [] : await (changes?.(about, asker, keep) ?? []);
    return {
      findings,
      ...(before.length === 0 ? {} : { changes: before }),
      calls: asker.made(),
      durationMs: performance.now() - began,
    };
  } finally {
    clearTimeout(timer);
    client.close();
  }
};

const findingOf = async ({ id, fault, subject }: Question, asker: Asker, keep: Keep): Promise<AwsFinding> => {
  const found = (verdict: Judgement['verdict'], line: string, source: string): AwsFinding => ({
    hypothesis: id,
    fault,
    verdict,
    line: keep(Raw.from(line), 'detail'),
    source,
  });
  const confirmer = confirmers[id];
  if (isSilent(confirmer)) return found('unknown', `AWS cannot decide: ${confirmer.silent}`, '');
  try {
    const judged = await judgementOf(confirmer, subject, asker);
    if (judged instanceof Undecided) return found('unknown', unknownLine(judged.fact), judged.fact.operation);
    return found(judged.verdict, judged.line, operationBehind([judged.source]));
  } catch (error) {
    // A defect in one judgement costs its finding, never the report.
    return found('unknown', `this could not be judged: ${error instanceof Error ? error.message : String(error)}`, '');
  }
};

/** Asks for what is decisive first, and for the rest if that leaves it open. */
const judgementOf = async (confirmer: Confirmer, subject: Subject, asker: Asker): Promise<Judgement | Undecided> => {
  const judge = (known: Known): Judgement | Undecided => {
    try {
      return confirmer.judge(viewOf(known), subject);
    } catch (error) {
      if (error instanceof Undecided) return error;
      throw error;
    }
  };
  const { needs, further } = confirmer;
  const known = await gather(needs(subject), subject, asker);
  const first = judge(known);
  const isOpen = first instanceof Undecided || first.verdict === 'unknown';
  if (!isOpen || further === undefined || further.when?.(viewOf(known), subject) === false) return first;
  return judge({ ...known, ...(await gather(further.facts(subject), subject, asker)) });
};
