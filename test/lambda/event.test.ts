import { describe, expect, test } from 'vitest';
import { assertKnown, idsFrom } from '../../src/lambda/event.ts';

describe('an event', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    [
      'a schedule’s own event',
      { version: '0', source: 'aws.scheduler', 'detail-type': 'Scheduled Event', detail: '{}' },
    ],
    ['a rule’s scheduled event', { source: 'aws.events', 'detail-type': 'Scheduled Event', resources: [], detail: {} }],
  ])('that is %s means a whole cycle', (_, event) => {
    expect(idsFrom(event)).toBeNull();
  });

  test('can select targets by their ids', () => {
    expect(idsFrom({ targets: ['registry.health', 'my.extra'] })).toEqual(['registry.health', 'my.extra']);
  });

  test('of a schedule can carry a selection too', () => {
    const event = { source: 'aws.scheduler', 'detail-type': 'Scheduled Event', targets: ['my.extra'] };

    expect(idsFrom(event)).toEqual(['my.extra']);
  });

  test.each([
    ['a typing error', { target: ['registry.health'] }, /fields that mean nothing here: target/],
    ['no list of ids', { targets: 'registry.health' }, /no list of target ids/],
    ['an empty list, which would probe nothing and look healthy', { targets: [] }, /no list of target ids/],
    ['a list of other things', { targets: [1] }, /no list of target ids/],
    ['a message of a queue', { Records: [{ body: '{}' }] }, /fields that mean nothing here: Records/],
    ['a text', 'go', /a string/],
    ['a number', 42, /a number/],
    ['a list', [], /a list/],
  ])('with %s is refused with a sentence that says what is expected', (_, event, says) => {
    expect(() => idsFrom(event)).toThrow(says);
    expect(() => idsFrom(event)).toThrow(/\{"targets": \["registry\.health"\]\} is expected/);
  });

  test('is never repeated in the refusal, for it may hold a secret', () => {
    expect(() => idsFrom({ key: 'hk_test_made_up' })).toThrow(/^(?!.*hk_test)/);
  });

  test('that selects a target which does not exist is refused: a cycle of nothing would look healthy', () => {
    const targets = [{ id: 'registry.health' }];

    expect(() => assertKnown(['registry.health', 'registry.helth'], targets)).toThrow(
      /does not know: registry\.helth$/,
    );
    expect(() => assertKnown(['registry.health'], targets)).not.toThrow();
    expect(() => assertKnown(null, targets)).not.toThrow();
  });

  test('can select the model-registration flow, but no single step of it', () => {
    expect(() => assertKnown(['registration'], [])).not.toThrow();
    expect(() => assertKnown(['registration.create-run'], [])).toThrow(/does not know: registration\.create-run$/);
  });
});
