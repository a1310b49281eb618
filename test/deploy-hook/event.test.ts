import { describe, expect, test } from 'vitest';
import { hookIn } from '../../src/deploy-hook/event.ts';
import { optionsIn } from '../../src/deploy-hook/options.ts';

describe('the event', () => {
  test('names the deployment and the step of it that is decided', () => {
    expect(hookIn({ DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'an-execution' })).toEqual({
      deployment: 'd-ABCDEF123',
      execution: 'an-execution',
    });
  });

  test.each([
    ['nothing', undefined, 'DeploymentId and no LifecycleEventHookExecutionId'],
    ['null', null, 'DeploymentId and no LifecycleEventHookExecutionId'],
    ['a schedule’s', {}, 'DeploymentId and no LifecycleEventHookExecutionId'],
    ['a text', 'd-ABCDEF123', 'DeploymentId and no LifecycleEventHookExecutionId'],
    ['half of one', { DeploymentId: 'd-ABCDEF123' }, 'no LifecycleEventHookExecutionId'],
    ['the other half', { LifecycleEventHookExecutionId: 'an-execution' }, 'no DeploymentId'],
    ['one with an empty id', { DeploymentId: ' ', LifecycleEventHookExecutionId: 'an-execution' }, 'no DeploymentId'],
    ['one with a number', { DeploymentId: 7, LifecycleEventHookExecutionId: 'an-execution' }, 'no DeploymentId'],
  ])('that is %s is refused, with what is missing and without its values', (_, event, says) => {
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
