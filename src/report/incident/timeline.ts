import type { StoryEntry } from '../../model/incident.ts';
import { headlinesOf } from '../../wording/causes.ts';
import { few } from '../../wording/count.ts';
import { acknowledgedBy } from '../../wording/incident.ts';
import { judgementWords } from '../../wording/judgement.ts';
import { plainText } from '../../wording/plain-text.ts';
import { clock, span } from '../../wording/time.ts';
import type { KeptIncident } from './remembered.ts';

export interface Moment {
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}

/** The story of an incident, oldest first. */
export const timelineOf = ({ view, messages, judgement }: KeptIncident): readonly Moment[] => {
  const { startedAt, openedAt, resolvedAt, history, deployment, acknowledged, causes } = view;
  const told = new Set(messages.map(({ at }) => at));
  const has = (kind: StoryEntry['kind']): boolean => messages.some((one) => one.kind === kind);
  const moments: readonly Moment[] = [
    ...(deployment === null
      ? []
      : [
          {
            at: deployment.at,
            text: `${plainText(deployment.from)} → ${plainText(deployment.to)} deployed, by this time`,
          },
        ]),
    { at: startedAt, text: `first failing cycle: ${headlinesOf(history[0]?.causes ?? causes.map(({ id }) => id))}` },
    ...history
      .slice(1)
      .filter(({ at }) => !told.has(at))
      .map(({ at, causes: now }) => ({ at, text: `the diagnosis is now: ${headlinesOf(now)}` })),
    ...(openedAt === null || has('opened') ? [] : [{ at: openedAt, text: 'opened; no message is recorded' }]),
    ...messages.map((one) => ({ at: one.at, text: `${newsWords(one, startedAt)}; ${sentWords(one)}` })),
    ...(acknowledged === null ? [] : [{ at: acknowledged.at, text: acknowledgedBy(plainText(acknowledged.by)) }]),
    ...(resolvedAt === null || messages.some(({ kind, at }) => kind === 'resolved' && at >= resolvedAt)
      ? []
      : [{ at: resolvedAt, text: `resolved after ${span(startedAt, resolvedAt)}; no message is recorded` }]),
    ...(judgement === null ? [] : [{ at: judgement.at, text: judgementWords(judgement, plainText) }]),
  ];
  return moments.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
};

const newsWords = ({ kind, severity, causes, at }: StoryEntry, startedAt: string): string => {
  switch (kind) {
    case 'opened':
      return `opened, ${severity}: ${headlinesOf(causes)}`;
    case 'moved':
      return `the cause changed to: ${headlinesOf(causes)}`;
    case 'narrowed':
      return `the cause narrowed to: ${headlinesOf(causes)}`;
    case 'worse':
      return `got worse, ${severity} now`;
    case 'returned':
      return `came back: ${headlinesOf(causes)}`;
    case 'reminded':
      return 'reminder';
    case 'resolved':
      return `resolved after ${span(startedAt, at)}`;
  }
};

/** A message that waits longer than this was delivered late: two cycles. */
const promptMs = 2 * 60_000;

const sentWords = ({ sent, at }: StoryEntry): string => {
  if (sent.length === 0) return 'not sent to anyone yet';
  const names = sent.map(
    (one) =>
      `${plainText(one.to)}${Date.parse(one.at) - Date.parse(at) > promptMs ? ` (at ${clock(one.at, at)})` : ''}`,
  );
  return `sent to ${few(names, 8)}`;
};
