import { describe, expect, test } from 'vitest';
import { askedBy, assertKnown } from '../../src/lambda/event.ts';

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
    expect(askedBy(event)).toEqual({ what: 'cycle', ids: null });
  });

  test('can select targets by their ids', () => {
    expect(askedBy({ targets: ['registry.health', 'my.extra'] })).toEqual({
      what: 'cycle',
      ids: ['registry.health', 'my.extra'],
    });
  });

  test('of a chat can acknowledge an incident', () => {
    const asked = { what: 'acknowledge', incident: '20261121-0257-registry', by: 'chat' };

    expect(askedBy({ acknowledge: '20261121-0257-registry' })).toEqual(asked);
    expect(askedBy({ acknowledge: '20261121-0257-registry', by: 'ada' })).toEqual({ ...asked, by: 'ada' });
  });

  test('of a schedule can carry a selection too', () => {
    const event = { source: 'aws.scheduler', 'detail-type': 'Scheduled Event', targets: ['my.extra'] };

    expect(askedBy(event)).toEqual({ what: 'cycle', ids: ['my.extra'] });
  });

  test.each([
    ['a typing error', { target: ['registry.health'] }, /fields that mean nothing here: target/],
    ['no list of ids', { targets: 'registry.health' }, /no list of target ids/],
    ['an empty list, which would probe nothing and look healthy', { targets: [] }, /no list of target ids/],
    ['a list of other things', { targets: [1] }, /no list of target ids/],
    ['a message of a queue', { Records: [{ body: '{}' }] }, /fields that mean nothing here: Records/],
    ['an acknowledgement of nothing', { acknowledge: '' }, /no id of an incident/],
    ['an acknowledgement and more', { acknowledge: 'x', targets: [] }, /fields that mean nothing here: targets/],
    ['a text', 'go', /a string/],
    ['a number', 42, /a number/],
    ['a list', [], /a list/],
  ])('with %s is refused with a sentence that says what is expected', (_, event, says) => {
    expect(() => askedBy(event)).toThrow(says);
    expect(() => askedBy(event)).toThrow(/\{"acknowledge": "ID"\} is expected/);
  });

  test('is never repeated in the refusal, for it may hold a secret', () => {
    expect(() => askedBy({ key: 'hk_test_made_up' })).toThrow(/^(?!.*hk_test)/);
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
