import type { Answerer } from '../../model/answerers.ts';
import type { FailureMode } from '../../model/failure-modes.ts';
import { always, even, sometimes } from '../../model/grades.ts';
import type { Variant } from '../../model/hypothesis.ts';
import { passes } from './common.ts';

/** What stands in front of the applications. */
export const inFront: readonly Answerer[] = ['unknown', 'nginx', 'waf', 'cdn', 'api-gateway', 'balancer', 'login-page'];

/** Something in front of the API answers requests that write in its place: any of them, or only uploads. */
export const filterOfWrites = (share: number, mode: FailureMode): readonly Variant[] => {
  const filter = { share, scope: 'platform', isVague: true } as const;
  return [
    {
      ...filter,
      effects: [
        { when: { effect: 'write', crosses: ['api'] }, shows: { [mode]: even, pass: sometimes }, by: inFront },
        { when: { effect: 'delete', crosses: ['api'] }, shows: { [mode]: sometimes, pass: even }, by: inFront },
        { shows: passes },
      ],
    },
    {
      ...filter,
      effects: [
        { when: { effect: 'write', crosses: ['artifact-store'] }, shows: { [mode]: always }, by: inFront },
        { shows: passes },
      ],
    },
  ];
};
