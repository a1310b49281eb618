import { describe, expect, test } from 'vitest';
import { openBefore, takenDownBy } from '../../../src/functions/deploy-hook/broken-before.ts';
import { incident, stateAt } from './states.ts';

const deployedAt = '2026-11-21T12:00:00.000Z';
const lastCycle = '2026-11-21T12:04:00.000Z';
const now = Date.parse('2026-11-21T12:05:00.000Z');
const earlier = '2026-11-21T11:40:00.000Z';

const broken = (...tracked: readonly ReturnType<typeof incident>[]): readonly string[] => [
  ...takenDownBy(openBefore(stateAt(lastCycle, tracked), Date.parse(deployedAt), now)),
];

describe('the failures from before a deployment', () => {
  test('are the requests of incidents that were already open', () => {
    expect(broken(incident(earlier, ['a.root', 'b.root']), incident(earlier, ['b.root', 'c.root']))).toEqual([
      'a.root',
      'b.root',
      'c.root',
    ]);
  });

  test('exclude incidents that opened after the deployment, because the schedule may see its fault first', () => {
    expect(broken(incident('2026-11-21T12:01:00.000Z', ['a.root']))).toEqual([]);
    expect(broken(incident(deployedAt, ['a.root']))).toEqual([]);
  });

  test('exclude incidents that are resolved or never opened', () => {
    expect(broken(incident(earlier, ['a.root'], { resolvedAt: '2026-11-21T11:50:00.000Z' }))).toEqual([]);
    expect(broken(incident(earlier, ['a.root'], { openedAt: null }))).toEqual([]);
  });

  test('are unknown when the stored state is out of date', () => {
    const state = stateAt('2026-11-21T11:20:00.000Z', [incident('2026-11-21T11:00:00.000Z', ['a.root'])]);
    expect(openBefore(state, Date.parse(deployedAt), now)).toEqual([]);
    expect(openBefore(null, Date.parse(deployedAt), now)).toEqual([]);
  });
});
