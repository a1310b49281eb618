import type { HostRole } from '../platform/hosts.ts';
import { registrationHost, stepTarget } from '../platform/registration.ts';
import type { Outcome, Registration, Report } from '../platform/report.ts';
import type { Entry } from './entry.ts';
import { entryOfTarget, groupByHost, hostTitle } from './hosts.ts';
import { entryOfStep } from './registration.ts';

/** A target or a step of the flow with its id, which is the same in every format. */
export interface Result extends Entry {
  readonly id: string;
}

export interface ResultGroup {
  /** A host's role, or `registration`. */
  readonly id: string;
  readonly title: string;
  readonly results: readonly [Result, ...Result[]];
}

/** The results of each host. */
export const hostGroups = (
  outcomes: readonly Outcome[],
  names: Readonly<Record<string, string>>,
): readonly ResultGroup[] =>
  [...groupByHost(outcomes)].flatMap(([id, own]) =>
    groupOf(
      id,
      hostTitle(id, names[id as HostRole] ?? id),
      own.map((outcome) => ({ ...entryOfTarget(outcome), id: outcome.target })),
    ),
  );

export const flowTitle = 'model registration';

/** The steps of the flow, as a group. */
export const flowGroups = ({ steps }: Registration): readonly ResultGroup[] =>
  groupOf(
    registrationHost,
    flowTitle,
    steps.map((step) => ({ ...entryOfStep(step), id: stepTarget(step.id) })),
  );

export const allResults = ({ outcomes, registration }: Report, names: Readonly<Record<string, string>>) =>
  [...hostGroups(outcomes, names), ...(registration === null ? [] : flowGroups(registration))].flatMap(
    ({ results }) => results,
  );

const groupOf = (id: string, title: string, [first, ...more]: readonly Result[]): readonly ResultGroup[] =>
  first === undefined ? [] : [{ id, title, results: [first, ...more] }];
