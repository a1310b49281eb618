import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failureModes, isFailureMode } from '../../src/model/failure-modes.ts';
import type { Affected, IncidentEvent } from '../../src/model/incident.ts';
import { hopState } from '../../src/model/incident-schema/incident.ts';
import { severities } from '../../src/model/severities.ts';
import { publishInputOf } from '../../src/notify/sns.ts';
import { type Hop, hopLabels } from '../../src/platform/hops.ts';
import { hypothesisIds } from '../../src/platform/hypotheses.ts';
import { setting } from './incidents.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 50 }).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('', ' ', '`', '<!channel>', '𝒳'.repeat(20_000), '"\\'.repeat(30_000)),
);
const time = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const id = fc.constantFrom(...hypothesisIds);
const ids = fc.uniqueArray(id, { maxLength: 32 });
const supposed = fc.array(fc.record({ id, probability: fc.double({ min: 0, max: 1, noNaN: true }) }), {
  maxLength: 32,
});
const severity = fc.constantFrom(...severities);
const affected: fc.Arbitrary<Affected> = fc.record({
  id: fc.oneof(anyText, fc.constantFrom('registration.create-run', 'registration.clean-up', 'registry.root')),
  host: anyText,
  status: fc.constantFrom('fail', 'degraded'),
  failureMode: fc.option(fc.constantFrom(...Object.keys(failureModes).filter(isFailureMode))),
  summary: anyText,
});
const incident = fc.record({
  id: anyText,
  environment: anyText,
  startedAt: time,
  openedAt: fc.option(time),
  resolvedAt: fc.option(time),
  failingCycles: fc.nat(),
  returns: fc.nat(),
  history: fc.array(fc.record({ at: time, causes: ids }), { maxLength: 40 }),
  everAffected: fc.array(anyText, { maxLength: 60 }),
  deployment: fc.option(fc.record({ from: anyText, to: anyText, at: time })),
  acknowledged: fc.option(fc.record({ at: time, by: anyText })),
  causes: supposed,
  notRuledOut: supposed,
  hosts: fc.option(fc.array(anyText, { maxLength: 10 })),
  path: fc.array(
    fc.record({
      hop: fc.constantFrom(...(Object.keys(hopLabels) as Hop[])),
      state: fc.constantFrom(...hopState.options),
    }),
    { maxLength: 20 },
  ),
  affected: fc.array(affected, { maxLength: 60 }),
  affectedCount: fc.nat(),
  severity,
});
const base = { id: anyText, subject: anyText, environment: anyText, at: time };
const change = fc.oneof(
  fc.record({ kind: fc.constantFrom('moved' as const, 'narrowed' as const), from: ids }),
  fc.record({ kind: fc.constant('worse' as const), from: severity }),
  fc.record({ kind: fc.constant('returned' as const), resolvedAt: time }),
);
const what = fc.oneof(fc.record({ target: anyText }), fc.record({ host: anyText }), fc.record({ hypothesis: anyText }));
const anyEvent: fc.Arbitrary<IncidentEvent> = fc.oneof(
  fc.record({ ...base, kind: fc.constantFrom('opened' as const, 'reminded' as const, 'resolved' as const), incident }),
  fc.record({ ...base, kind: fc.constant('updated' as const), incident, change }),
  fc.record({ ...base, kind: fc.constantFrom('monitor-blind' as const, 'monitor-sees' as const), since: time }),
  fc.record({
    ...base,
    kind: fc.constant('mute-ended' as const),
    mute: fc.record({ what, until: time, reason: fc.option(anyText) }),
    open: fc.array(anyText, { maxLength: 40 }),
  }),
  fc.record({ ...base, kind: fc.constant('state-lost' as const), reason: anyText, keptAs: anyText }),
);

/** What SNS documents of Publish, and what the card's reader needs. */
it('SNS accepts the format of every message', () => {
  fc.assert(
    fc.property(anyEvent, fc.boolean(), (event, fifo) => {
      const input = publishInputOf(event, `arn:aws:sns:us-east-1:123456789012:t${fifo ? '.fifo' : ''}`, setting);
      expect(input.Subject).toMatch(/^[\x21-\x7e][\x20-\x7e]{0,98}$/);

      const forms = JSON.parse(input.Message ?? '') as Record<string, string>;
      const card = JSON.parse(forms['https'] ?? '') as { content: { title: string; description: string } };
      for (const text of [forms['default'], forms['sms'], card.content.title, card.content.description])
        expect(text).not.toHaveLength(0);
      // What XML 1.0 takes, and no half characters: subscribers read it through SQS too.
      expect(input.Message).toMatch(/^[\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
      expect(forms['default']).not.toMatch(/[^\P{C}\n]/u);

      // Programs get the event as data, unless it is too large.
      const plain = JSON.stringify(event);
      const data = [forms['sqs'], forms['lambda']].flatMap((text) => (text === undefined ? [] : [JSON.parse(text)]));
      if (data.length === 0) expect(plain.length).toBeGreaterThan(12_000);
      else expect(data).toEqual([JSON.parse(plain), JSON.parse(plain)]);

      const attributes = Object.entries(input.MessageAttributes ?? {});
      expect(attributes.length).toBeLessThanOrEqual(10);
      for (const [name, { DataType, StringValue = '' }] of attributes) {
        expect([name, DataType]).toEqual([expect.stringMatching(/^[A-Za-z]+$/), 'String']);
        expect(StringValue.trim()).not.toBe('');
      }
      const bytes = attributes.reduce(
        (sum, [name, { StringValue = '' }]) => sum + name.length + 'String'.length + Buffer.byteLength(StringValue),
        Buffer.byteLength(input.Message ?? ''),
      );
      expect(bytes).toBeLessThan(262_144);
      if (fifo)
        for (const one of [input.MessageGroupId, input.MessageDeduplicationId])
          expect(one).toMatch(/^[A-Za-z0-9!-/:-@[-`{-~]{1,128}$/);
    }),
    { numRuns: 500 },
  );
});
