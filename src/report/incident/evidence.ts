import type { Affected, IncidentView } from '../../model/incident.ts';
import { runbookIn } from '../../wording/causes.ts';
import { cut, plainText } from '../../wording/plain-text.ts';
import type { NextStep } from '../next-steps.ts';
import { commandsFor, nextSteps } from '../next-steps.ts';

/** Requests that failed in the same way, with what was seen. */
export interface Alike {
  readonly failureMode: string;
  readonly summary: string;
  readonly ids: readonly string[];
}

const summaryCharacters = 300;

/** The largest group first. */
export const alikeOf = (affected: readonly Affected[]): readonly Alike[] =>
  [...Map.groupBy(affected, ({ status, failureMode, summary }) => `${failureMode ?? status}\n${summary}`).values()]
    .map((group) => ({
      failureMode: group[0]?.failureMode ?? group[0]?.status ?? '',
      summary: cut(plainText(group[0]?.summary ?? ''), summaryCharacters),
      ids: group.map(({ id }) => plainText(id)),
    }))
    .toSorted((a, b) => b.ids.length - a.ids.length);

/** The next commands, with the hosts filled in. */
export const commandsOf = (
  view: Pick<IncidentView, 'causes' | 'hosts' | 'affected'>,
  hosts: Readonly<Record<string, string>>,
  most: number,
): readonly NextStep[] =>
  nextSteps(
    view.causes.map(({ id }) => {
      const runbook = runbookIn(id, view, null);
      return { id, headline: runbook.headline, next: commandsFor(runbook, view.hosts?.[0] ?? null, hosts) };
    }),
    most,
  );

/** Ids that it affected at some time, and that do not fail any more. */
export const recoveredIds = ({ affected, everAffected }: IncidentView): readonly string[] => {
  const now = new Set(affected.map(({ id }) => id));
  return everAffected.filter((id) => !now.has(id)).map(plainText);
};
