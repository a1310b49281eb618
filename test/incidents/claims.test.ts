import { describe, expect, it } from 'vitest';
import { type Attempted, settled } from '../../src/incidents/claims.ts';
import { enqueue } from '../../src/incidents/outbox.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import { incidentEvent } from './events.ts';

const { state } = enqueue(emptyState('development'), [incidentEvent('a', 1)], ['sns', 'chat']);
const claimedBy = (by: string): State => ({
  ...state,
  outbox: state.outbox.map((waiting) => ({ ...waiting, claim: { by, untilMs: 1 } })),
});
const event = 'development.a.1';
const attempts: readonly Attempted[] = [
  { event, channel: 'sns', refusal: null },
  { event, channel: 'chat', refusal: 'HTTP 500' },
];

describe('the record of a run after sending', () => {
  it('is the same when it is applied twice', () => {
    const once = settled(claimedBy('us'), 'us', attempts);
    expect(once.outbox).toMatchObject([{ to: ['chat'], takenBy: ['sns'], claim: null, refusals: 1 }]);
    expect(settled(once, 'us', attempts)).toEqual(once);
  });

  it('of a slow run removes accepted events, and keeps the claim of the run that took over', () => {
    expect(settled(claimedBy('another'), 'us', attempts).outbox).toMatchObject([
      { to: ['chat'], takenBy: ['sns'], claim: { by: 'another' }, refusals: 0, lastRefusal: null },
    ]);
  });
});
