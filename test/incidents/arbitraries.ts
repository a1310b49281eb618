import fc from 'fast-check';
import type { Mark, State, Tracked, Waiting } from '../../src/incidents/state.ts';
import { type FailureMode, failureModes } from '../../src/model/failure-modes.ts';
import type { IncidentEvent, IncidentView, Judgement, Mute, StoryEntry } from '../../src/model/incident.ts';
import { hopState } from '../../src/model/incident-schema/incident.ts';
import { otherCause, storyEntry } from '../../src/model/incident-schema/story.ts';
import { severities } from '../../src/model/severities.ts';
import { type Hop, hopLabels } from '../../src/platform/hops.ts';
import { hypothesisIds } from '../../src/platform/hypotheses.ts';

/** Texts as servers and people write them: `__proto__`, quotes, half surrogate pairs and all. */
const shortText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('__proto__', 'toString', '', '\u0000'),
);

/** Texts far beyond every bound, as a server may send them. */
const anyText = fc.oneof(
  shortText,
  fc
    .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 300 }))
    .map(([part, times]) => part.repeat(times)),
);

interface Sizes {
  readonly text: fc.Arbitrary<string>;
  /** Entries of a list. */
  readonly most: number;
}

/** Every state that the types allow. @param environment whose it is */
export const stateOf = (environment: string): fc.Arbitrary<State> => sized(environment, { text: shortText, most: 3 });

/** The same with texts of any length, and longer lists. */
export const endlessStateOf = (environment: string): fc.Arbitrary<State> =>
  sized(environment, { text: anyText, most: 12 });

const sized = (environment: string, { text, most }: Sizes): fc.Arbitrary<State> => {
  const time = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const count = fc.nat();
  const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> => fc.array(one, { maxLength: most });
  const orNull = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null });

  const hypothesis = fc.constantFrom(...hypothesisIds);
  const causes = few(hypothesis);
  const supposed = few(fc.record({ id: hypothesis, probability: fc.double({ min: 0, max: 1, noNaN: true }) }));
  const severity = fc.constantFrom(...severities);
  const deployment = fc.record({ from: text, to: text, at: time });

  const view: fc.Arbitrary<IncidentView> = fc.record({
    id: text,
    environment: text,
    causes: supposed,
    notRuledOut: supposed,
    hosts: orNull(few(text)),
    path: few(
      fc.record({
        hop: fc.constantFrom(...(Object.keys(hopLabels) as Hop[])),
        state: fc.constantFrom(...hopState.options),
      }),
    ),
    affectedCount: count,
    affected: few(
      fc.record({
        id: text,
        host: text,
        status: fc.constantFrom('fail', 'degraded'),
        failureMode: orNull(fc.constantFrom(...(Object.keys(failureModes) as FailureMode[]))),
        summary: text,
      }),
    ),
    severity,
    startedAt: time,
    openedAt: orNull(time),
    resolvedAt: orNull(time),
    failingCycles: count,
    returns: count,
    history: few(fc.record({ at: time, causes })),
    everAffected: few(text),
    deployment: orNull(deployment),
    acknowledged: orNull(fc.record({ at: time, by: text })),
  });

  const mute: fc.Arbitrary<Mute> = fc.record({
    what: fc.oneof(fc.record({ target: text }), fc.record({ host: text }), fc.record({ hypothesis: text })),
    until: time,
    reason: orNull(text),
  });

  const anyEvent = { id: text, subject: text, environment: text, at: time };
  const event: fc.Arbitrary<IncidentEvent> = fc.oneof(
    fc.record({ ...anyEvent, kind: fc.constantFrom('opened', 'reminded', 'resolved'), incident: view }),
    fc.record({
      ...anyEvent,
      kind: fc.constant('updated' as const),
      incident: view,
      change: fc.oneof(
        fc.record({ kind: fc.constantFrom('moved', 'narrowed'), from: causes }),
        fc.record({ kind: fc.constant('worse' as const), from: severity }),
        fc.record({ kind: fc.constant('returned' as const), resolvedAt: time }),
      ),
    }),
    fc.record({ ...anyEvent, kind: fc.constantFrom('monitor-blind', 'monitor-sees'), since: time }),
    fc.record({ ...anyEvent, kind: fc.constant('mute-ended' as const), mute, open: few(text) }),
    fc.record({ ...anyEvent, kind: fc.constant('state-lost' as const), reason: text, keptAs: text }),
  );

  const marks = few(fc.constantFrom<Mark>('present', 'absent'));

  const tracked: fc.Arbitrary<Tracked> = fc.record({
    view,
    marks,
    absentSince: orNull(time),
    closedAt: orNull(time),
    absentCycles: count,
    drift: orNull(fc.record({ kind: fc.constantFrom('moved' as const, 'narrowed' as const), cycles: count })),
    worseCycles: count,
    says: few(text),
    told: orNull(fc.record({ at: time, causes, severity, reminders: count, moves: count })),
    nextEvent: count,
  });

  const waiting: fc.Arbitrary<Waiting> = fc.record({
    event,
    to: few(text),
    takenBy: few(text),
    claim: orNull(fc.record({ by: text, untilMs: fc.nat() })),
    refusals: count,
    lastRefusal: orNull(text),
  });

  const entry: fc.Arbitrary<StoryEntry> = fc.record({
    at: time,
    event: text,
    kind: fc.constantFrom(...storyEntry.entries.kind.options),
    severity,
    causes,
    sent: few(fc.record({ to: text, at: time })),
  });

  const judgement: fc.Arbitrary<Judgement> = fc.record({
    incident: text,
    startedAt: time,
    named: causes,
    verdict: fc.constantFrom('right', 'wrong'),
    cause: orNull(fc.oneof(hypothesis, fc.constant(otherCause))),
    at: time,
    by: text,
    note: orNull(text),
  });

  return fc.record({
    schemaVersion: fc.constant(1 as const),
    environment: fc.constant(environment),
    lastCycle: orNull(fc.record({ runId: text, startedAt: time, endedAt: time, flow: fc.boolean() })),
    tracked: few(tracked),
    past: few(view),
    blind: fc.record({ since: orNull(time), told: fc.boolean(), marks }),
    normals: fc.record({ hour: fc.nat(1_000_000), requests: few(text) }),
    mutes: few(mute),
    mutesInForce: few(mute),
    version: orNull(fc.record({ current: text, deployment: orNull(deployment) })),
    outbox: few(waiting),
    stories: few(fc.record({ incident: text, entries: few(entry) })),
    judgements: few(judgement),
    looks: orNull(fc.record({ month: fc.constantFrom('2026-11', '2027-01'), cycles: count })),
  });
};
