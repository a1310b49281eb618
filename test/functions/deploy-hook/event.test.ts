import { describe, expect, test } from 'vitest';
import { laterAnswer, mayComeLater, sinceIn, stageWarning } from '../../../src/functions/deploy-hook/ecs.ts';
import { type EcsHook, hookIn } from '../../../src/functions/deploy-hook/event.ts';
import { hookLimits } from '../../../src/functions/deploy-hook/limits.ts';
import { optionsIn } from '../../../src/functions/deploy-hook/options.ts';
import { ecsEvent, shiftingEvent } from './ecs-events.ts';

const ecsHook = (changed: Partial<EcsHook> = {}): EcsHook => ({
  service: 'ecs',
  deployment: 'EZe5RNVLH6PPzHXINuP28',
  stage: 'POST_PRODUCTION_TRAFFIC_SHIFT',
  rollsBack: false,
  details: {},
  ...changed,
});

describe('the event', () => {
  test('gives the deployment and its lifecycle hook', () => {
    expect(hookIn({ DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'an-execution' })).toEqual({
      service: 'codedeploy',
      deployment: 'd-ABCDEF123',
      execution: 'an-execution',
    });
  });

  test.each([
    { title: 'nothing', event: undefined, says: 'DeploymentId and no LifecycleEventHookExecutionId' },
    { title: 'null', event: null, says: 'DeploymentId and no LifecycleEventHookExecutionId' },
    { title: 'an event of a schedule', event: {}, says: 'DeploymentId and no LifecycleEventHookExecutionId' },
    { title: 'a plain text', event: 'd-ABCDEF123', says: 'DeploymentId and no LifecycleEventHookExecutionId' },
    {
      title: 'an event with the first id only',
      event: { DeploymentId: 'd-ABCDEF123' },
      says: 'no LifecycleEventHookExecutionId',
    },
    {
      title: 'an event with the second id only',
      event: { LifecycleEventHookExecutionId: 'an-execution' },
      says: 'no DeploymentId',
    },
    {
      title: 'an event with an empty id',
      event: { DeploymentId: ' ', LifecycleEventHookExecutionId: 'an-execution' },
      says: 'no DeploymentId',
    },
    {
      title: 'an event with a number as its id',
      event: { DeploymentId: 7, LifecycleEventHookExecutionId: 'an-execution' },
      says: 'no DeploymentId',
    },
  ])('is refused when it is $title, with the missing field and without its values', ({ event, says }) => {
    expect(() => hookIn(event)).toThrow(says);
    expect(() => hookIn(event)).not.toThrow(/d-ABCDEF123|an-execution/);
  });
});

describe('the event of Amazon ECS', () => {
  test('gives the deployment, the stage, and what our last response passed on', () => {
    expect(hookIn(ecsEvent({ hookDetails: { since: '2026-11-27T15:00:00.000Z' } }))).toEqual({
      service: 'ecs',
      deployment: 'EZe5RNVLH6PPzHXINuP28',
      stage: 'POST_PRODUCTION_TRAFFIC_SHIFT',
      rollsBack: false,
      details: { since: '2026-11-27T15:00:00.000Z' },
    });
  });

  test('is read with its details at the top too, as an earlier version of the documentation has them', () => {
    const { executionDetails, lifecycleStage } = ecsEvent();

    expect(hookIn({ ...executionDetails, lifecycleStage })).toMatchObject({
      service: 'ecs',
      deployment: '9313423515462893900',
      details: {},
    });
  });

  test.each([
    { title: 'production traffic goes back', stage: 'PRODUCTION_TRAFFIC_SHIFT', green: 0, rollsBack: true },
    { title: 'test traffic goes back', stage: 'TEST_TRAFFIC_SHIFT', green: 0, rollsBack: true },
    { title: 'traffic goes to the new revision', stage: 'PRODUCTION_TRAFFIC_SHIFT', green: 100, rollsBack: false },
    { title: 'no traffic has been shifted yet', stage: 'PRE_PRODUCTION_TRAFFIC_SHIFT', green: 0, rollsBack: false },
  ])('$title: a rollback is $rollsBack', ({ stage, green, rollsBack }) => {
    expect(hookIn(shiftingEvent(stage, green))).toMatchObject({ rollsBack });
  });

  test.each([7, 'text', null, []])('with %j as its details has none', (hookDetails) => {
    expect(hookIn(ecsEvent({ hookDetails }))).toMatchObject({ details: {} });
  });

  test('at another stage than the last one warns, because the old version may still answer', () => {
    expect(stageWarning(ecsHook())).toBeNull();
    expect(stageWarning(ecsHook({ stage: 'PRE_SCALE_UP' }))).toContain('PRE_SCALE_UP');
  });
});

describe('the wait for a version on behalf of ECS', () => {
  const now = Date.parse('2026-11-27T15:00:00.000Z');

  test('begins with the first invocation, and keeps its beginning and the hook’s own details', () => {
    const first = ecsHook({ details: { team: 'ml' } });
    const answer = laterAnswer(first, sinceIn(first, now));

    expect(answer).toEqual({
      hookStatus: 'IN_PROGRESS',
      callBackDelay: 30,
      hookDetails: { team: 'ml', since: '2026-11-27T15:00:00.000Z' },
    });
    expect(sinceIn(ecsHook({ details: answer.hookDetails ?? {} }), now + 60_000)).toBe(now);
  });

  test.each([undefined, 'yesterday', 7, '2027-01-01T00:00:00.000Z'])(
    'begins now if the details say since %j, which is no earlier time',
    (since) => {
      expect(sinceIn(ecsHook({ details: { since } }), now)).toBe(now);
    },
  );

  test('ends after a limit, so that no deployment waits for ever', () => {
    expect(mayComeLater(now, now)).toBe(true);
    expect(mayComeLater(now - hookLimits.ecsWaitMs, now)).toBe(false);
  });
});

describe('the switches', () => {
  test('are off when they are unset or empty', () => {
    const off = { waitFor: null, blockOnKnown: false };
    expect(optionsIn({})).toEqual(off);
    expect(optionsIn({ SYNTHETICS_WAIT_FOR: '', SYNTHETICS_BLOCK_ON_KNOWN: '' })).toEqual(off);
  });

  test.each(['yes', 'True', '1'])('are never guessed: %s is refused', (value) => {
    expect(() => optionsIn({ SYNTHETICS_BLOCK_ON_KNOWN: value })).toThrow('neither true nor false');
  });
});
