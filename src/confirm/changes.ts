import { Raw } from '../raw/raw.ts';
import type { ChangesBefore } from './confirm.ts';
import type { FactName, Known } from './facts.ts';
import { gather } from './gather.ts';
import { viewOf } from './judge.ts';
import { changeLookups, windowOf } from './lookups/changes.ts';
import type { Operation } from './operations.ts';
import type { StackEvent } from './resources.ts';
import type { Subject } from './subject.ts';
import { unknownLine } from './unknown-line.ts';

/** Lines of one report. The newest are next to the onset. */
const mostChanges = 6;

/** CloudTrail has events after this, in milliseconds. */
const trailLagMs = 900_000;

/** Resources of one change: a rule may name several groups. */
const shownResources = 2;

const stackSource = 'cloudformation:DescribeStackEvents' satisfies Operation;
const trailSource = 'cloudtrail:LookupEvents' satisfies Operation;

interface Note {
  readonly line: string;
  readonly source: Operation;
}

interface Dated extends Note {
  readonly at: number;
}

/** The last state of each resource. The states before it are steps of the same change. */
const lastOfEach = (events: readonly StackEvent[]): readonly StackEvent[] =>
  [...Map.groupBy(events, ({ stack, resource }) => `${stack} ${resource}`).values()].flatMap(
    (all) => all.toSorted((a, b) => b.at - a.at)[0] ?? [],
  );

const datedIn = (known: Known, subject: Subject): readonly Dated[] => {
  const { from, until } = windowOf(subject);
  const isInside = ({ at }: { readonly at: number }): boolean => from <= at && at <= until;
  const view = viewOf(known);
  const ofStacks = lastOfEach((view.maybe('stackEvents') ?? []).filter(isInside)).map(
    ({ at, stack, resource, type, status }): Dated => ({
      at,
      line: `${resource}${type === '' ? '' : ` (${type})`} of the stack ${stack}: ${status}`,
      source: stackSource,
    }),
  );
  const ofTrail = (view.maybe('trailEvents')?.events ?? []).filter(isInside).map(
    ({ at, name, resources }): Dated => ({
      at,
      line: `${name}${resources.length === 0 ? '' : ` of ${resources.slice(0, shownResources).join(', ')}`}`,
      source: trailSource,
    }),
  );
  return [...ofStacks, ...ofTrail].toSorted((a, b) => b.at - a.at);
};

/** Why a list of so many changes may lack some. */
const gapsIn = (known: Known, subject: Subject, count: number): readonly Note[] => {
  const notes = (['stackEvents', 'trailEvents'] as const satisfies readonly FactName[]).flatMap(
    (name): readonly Note[] => {
      const fact = known[name];
      // What hides the service or the balancer is said where the hypotheses are.
      return fact?.state === 'unknown' && fact.trouble !== 'no-calls-left' && /^cloud[ft]/.test(fact.operation)
        ? [{ line: unknownLine(fact), source: fact.operation }]
        : [];
    },
  );
  const trail = viewOf(known).maybe('trailEvents');
  const isLate = subject.now - windowOf(subject).until < trailLagMs;
  if (trail === null || (trail.isWhole && !isLate)) return notes;
  const late = `${count === 0 ? 'none seen yet' : 'some may be missing'}: CloudTrail is up to 15 minutes late`;
  return [...notes, { line: trail.isWhole ? late : 'the account has more', source: trailSource }];
};

/** What changed in the half hour before it began, newest first. A change there may be a coincidence, so it proves nothing. */
export const changesBefore: ChangesBefore = async (subject, asker, keep) => {
  const known = await gather(['stackEvents', 'trailEvents'], subject, asker, changeLookups);
  const dated = datedIn(known, subject);
  const shown = dated.slice(0, mostChanges).map(({ at, line, source }) => ({
    at: new Date(at).toISOString(),
    line: keep(Raw.from(line), 'detail'),
    source,
  }));
  const more = dated.length - shown.length;
  const notes = [
    ...(more > 0 ? [{ line: `and ${more} more`, source: dated[mostChanges]?.source ?? stackSource }] : []),
    ...gapsIn(known, subject, dated.length),
  ];
  return [...shown, ...notes.map(({ line, source }) => ({ at: null, line: keep(Raw.from(line), 'detail'), source }))];
};
