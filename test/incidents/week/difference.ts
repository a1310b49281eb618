import type { Cycle } from '../../../src/incidents/cycle.ts';
import type { IncidentEvent } from '../../../src/model/incident.ts';
import type { Step, Week } from './week.ts';
import { wordsOfChange } from './words.ts';

interface Difference {
  readonly expected: readonly string[];
  readonly told: readonly string[];
  readonly before: readonly IncidentEvent[];
}

const shownMessages = 15;
const shownCycles = 15;
const shownRequests = 4;

/** All that a person needs to see who is right: seed, minute, both answers, what was told and seen before. */
export const describeDifference = (week: Week, index: number, { expected, told, before }: Difference): string => {
  const step = week.steps[index];
  return [
    `seed ${week.seed}, minute ${step?.minute}`,
    `rules: ${JSON.stringify(step?.rules)}`,
    ...expected.filter((one) => !told.includes(one)).map((one) => `- should be told: ${one}`),
    ...told.filter((one) => !expected.includes(one)).map((one) => `+ was told:       ${one}`),
    'told before:',
    ...before.slice(-shownMessages).map((event) => `  ${event.at} ${event.subject} ${wordsOfChange(event)}`),
    'cycles, the newest last:',
    ...week.steps.slice(Math.max(0, index + 1 - shownCycles), index + 1).map(lineOf),
  ].join('\n');
};

const lineOf = ({ cycle, muted }: Step): string =>
  [
    `  ${new Date(cycle.startedAtMs).toISOString()} ${cycle.runId} ${cycle.kind}`,
    ...seenIn(cycle),
    ...muted.map((mute) => `mute ${JSON.stringify(mute)}`),
  ].join(' ');

const seenIn = ({ sightings, probed, passed }: Cycle): readonly string[] => {
  const failing = new Set(sightings.flatMap(({ affected }) => affected.map(({ id }) => id)));
  const unseen = [...probed].filter((id) => !passed.has(id) && !failing.has(id)).length;
  const shown = sightings.map(({ causes, affected, affectedCount, severity }) => {
    const named = causes.map(({ id }) => id).join(' or ') || 'unexplained';
    const ids = affected.slice(0, shownRequests).map(({ id }) => id);
    return `[${affected[0]?.summary}: ${named}, ${severity}, ${affectedCount}: ${ids.join(' ')}]`;
  });
  return unseen === 0 ? shown : [...shown, `${unseen} not seen`];
};
