import { describe, expect, test } from 'vitest';
import { hookIn } from '../../../src/functions/deploy-hook/event.ts';
import { optionsIn } from '../../../src/functions/deploy-hook/options.ts';

describe('the event', () => {
  test('gives the deployment and its lifecycle hook', () => {
    expect(hookIn({ DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'an-execution' })).toEqual({
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
