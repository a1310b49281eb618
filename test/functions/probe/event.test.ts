import { describe, expect, test } from 'vitest';
import { askedBy, assertKnown } from '../../../src/functions/probe/event.ts';

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
  ])('that is %s runs a whole cycle', (_, event) => {
    expect(askedBy(event)).toEqual({ what: 'cycle', ids: null });
  });

  test('can select targets by their ids', () => {
    expect(askedBy({ targets: ['registry.health', 'my.extra'] })).toEqual({
      what: 'cycle',
      ids: ['registry.health', 'my.extra'],
    });
  });

  test('from a chat can acknowledge an incident', () => {
    const asked = { what: 'acknowledge', incident: '20261121-0257-registry', by: 'chat' };

    expect(askedBy({ acknowledge: '20261121-0257-registry' })).toEqual(asked);
    expect(askedBy({ acknowledge: '20261121-0257-registry', by: 'ada' })).toEqual({ ...asked, by: 'ada' });
  });

  test('from a schedule can select targets, too', () => {
    const event = { source: 'aws.scheduler', 'detail-type': 'Scheduled Event', targets: ['my.extra'] };

    expect(askedBy(event)).toEqual({ what: 'cycle', ids: ['my.extra'] });
  });

  test.each([
    { title: 'a typing error', event: { target: ['registry.health'] }, says: /fields that mean nothing here: target/ },
    { title: 'ids outside a list', event: { targets: 'registry.health' }, says: /without a list of target ids/ },
    {
      title: 'an empty list, which would probe nothing and look healthy',
      event: { targets: [] },
      says: /without a list of target ids/,
    },
    { title: 'a list without ids', event: { targets: [1] }, says: /without a list of target ids/ },
    {
      title: 'a queue message',
      event: { Records: [{ body: '{}' }] },
      says: /fields that mean nothing here: Records/,
    },
    { title: 'an empty acknowledgement', event: { acknowledge: '' }, says: /without the id of an incident/ },
    {
      title: 'an acknowledgement and another field',
      event: { acknowledge: 'x', targets: [] },
      says: /fields that mean nothing here: targets/,
    },
    { title: 'a text', event: 'go', says: /a string/ },
    { title: 'a number', event: 42, says: /a number/ },
    { title: 'a list', event: [], says: /a list/ },
  ])('with $title is refused with a sentence that says what to send', ({ event, says }) => {
    expect(() => askedBy(event)).toThrow(says);
    expect(() => askedBy(event)).toThrow(/\{"acknowledge": "ID"\} is expected/);
  });

  test('is never repeated in the refusal, because it may hold a secret', () => {
    expect(() => askedBy({ key: 'hk_test_made_up' })).toThrow(/^(?!.*hk_test)/);
  });

  test('with an unknown target is refused, because an empty cycle would look healthy', () => {
    const targets = [{ id: 'registry.health' }];

    expect(() => assertKnown(['registry.health', 'registry.helth'], targets)).toThrow(
      /selects unknown targets: registry\.helth$/,
    );
    expect(() => assertKnown(['registry.health'], targets)).not.toThrow();
    expect(() => assertKnown(null, targets)).not.toThrow();
  });

  test('can select the model-registration flow, but not a single step of it', () => {
    expect(() => assertKnown(['registration'], [])).not.toThrow();
    expect(() => assertKnown(['registration.create-run'], [])).toThrow(
      /selects unknown targets: registration\.create-run$/,
    );
  });
});
