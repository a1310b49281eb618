import { describe, expect, test } from 'vitest';
import { hookIn } from '../../../src/functions/deploy-hook/event.ts';
import { optionsIn } from '../../../src/functions/deploy-hook/options.ts';

describe('the event', () => {
  test('names the deployment and the step of it that is decided', () => {
    expect(hookIn({ DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'an-execution' })).toEqual({
      deployment: 'd-ABCDEF123',
      execution: 'an-execution',
    });
  });

  test.each([
    { title: 'nothing', event: undefined, says: 'DeploymentId and no LifecycleEventHookExecutionId' },
    { title: 'null', event: null, says: 'DeploymentId and no LifecycleEventHookExecutionId' },
    { title: 'a schedule’s', event: {}, says: 'DeploymentId and no LifecycleEventHookExecutionId' },
    { title: 'a text', event: 'd-ABCDEF123', says: 'DeploymentId and no LifecycleEventHookExecutionId' },
    { title: 'half of one', event: { DeploymentId: 'd-ABCDEF123' }, says: 'no LifecycleEventHookExecutionId' },
    { title: 'the other half', event: { LifecycleEventHookExecutionId: 'an-execution' }, says: 'no DeploymentId' },
    {
      title: 'one with an empty id',
      event: { DeploymentId: ' ', LifecycleEventHookExecutionId: 'an-execution' },
      says: 'no DeploymentId',
    },
    {
      title: 'one with a number',
      event: { DeploymentId: 7, LifecycleEventHookExecutionId: 'an-execution' },
      says: 'no DeploymentId',
    },
  ])('that is $title is refused, with what is missing and without its values', ({ event, says }) => {
    expect(() => hookIn(event)).toThrow(says);
    expect(() => hookIn(event)).not.toThrow(/d-ABCDEF123|an-execution/);
  });
});

describe('the switches', () => {
  test('are off when they are not set, or set to nothing', () => {
    const off = { waitFor: null, blockOnKnown: false };
    expect(optionsIn({})).toEqual(off);
    expect(optionsIn({ SYNTHETICS_WAIT_FOR: '', SYNTHETICS_BLOCK_ON_KNOWN: '' })).toEqual(off);
  });

  test.each(['yes', 'True', '1'])('are not guessed: %s is refused', (value) => {
    expect(() => optionsIn({ SYNTHETICS_BLOCK_ON_KNOWN: value })).toThrow('neither true nor false');
  });
});
