import { idsOf, isPartlyUnseen, knownIds, withStatus } from '../../model/predicates.ts';
import type { Report, Status } from '../../model/report.ts';
import { requests } from '../../model/requests.ts';
import type { Platform } from '../../report/described.ts';
import { explain } from '../../report/explanation.ts';
import { few, plural } from '../../wording/count.ts';
import { verdictSentence } from '../../wording/verdict.ts';

/** The result, in CodeDeploy's words. */
export type HookStatus = 'Succeeded' | 'Failed';

export interface Conclusion {
  readonly status: HookStatus;
  readonly reason: string;
  /** The evidence; null: the check could not be made. */
  readonly seen: Seen | null;
}

/** The last cycle. Its symptoms are only those that the deployment can have caused. */
export interface Seen {
  readonly report: Report;
  readonly platform: Platform;
  /** Number of cycles: a failing one is repeated if time allows. */
  readonly cycles: number;
  /** Ids of incidents that were open before the deployment. */
  readonly openBefore: readonly string[];
}

/** Ids that a sentence lists. */
const shownIds = 3;

/** Degraded passes, as in `check`, and so does what fails as before. Inconclusive does not. */
export const passes = (report: Report): boolean =>
  report.verdict !== 'failing' && report.verdict !== 'inconclusive' && !isPartlyUnseen(requests(report));

export const conclude = (seen: Seen): Conclusion =>
  passes(seen.report)
    ? { status: 'Succeeded', reason: passingWords(seen), seen }
    : { status: 'Failed', reason: failingWords(seen), seen };

/** The expected version never appeared, so another version is being served, whatever else was seen. */
export const versionMissing = (version: string, seen: Seen): Conclusion => ({
  status: 'Failed',
  reason: `version ${version} was not served on all paths in time`,
  seen,
});

/** The monitor itself failed. An unchecked deployment has not passed. */
export const unmade = (why: string): Conclusion => ({
  status: 'Failed',
  reason: `the check could not run: ${why}`,
  seen: null,
});

/** Ids of the requests with this status that count. */
export const idsWith = (report: Report, wanted: Status): readonly string[] =>
  idsOf(withStatus(requests(report), wanted));

const failingWords = ({ report, platform }: Seen): string => {
  const unseen = idsWith(report, 'inconclusive');
  const ids = report.verdict === 'failing' ? idsWith(report, 'fail') : unseen;
  const where = ids.length === 0 ? '' : ` (${few(ids, shownIds)})`;
  return `${verdictSentence(report, explain(report, platform)).replace(/\.$/, '')}${where}`;
};

const passingWords = ({ report, platform }: Seen): string => {
  const all = requests(report);
  const passed = withStatus(all, 'pass').length;
  const degraded = idsWith(report, 'degraded');
  const known = knownIds(all);
  return [
    `${plural(passed, 'request')} passed`,
    ...(degraded.length > 0 ? [`${degraded.length} degraded (${few(degraded, shownIds)})`] : []),
    ...(report.stillFailing === undefined
      ? []
      : [verdictSentence(report, explain(report, platform)).replace(/\.$/, '')]),
    ...(known.length > 0 ? [`${known.length} known from before (${few(known, shownIds)})`] : []),
  ].join(', ');
};
