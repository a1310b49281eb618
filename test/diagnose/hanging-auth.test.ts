import { expect, it } from 'vitest';
import type { Answerer } from '../../src/model/answerers.ts';
import { allPass, diagnosisOf, keyedAtRegistry, type Seen } from './observations.ts';

const refused: Seen = ['upstream-unavailable', 'application'];
const hanging = ['auth.root', 'auth.health', 'auth.validate-bearer', 'auth.validate-x-api-key'];
const each = (ids: readonly string[], seen: Seen): Readonly<Record<string, Seen>> =>
  Object.fromEntries(ids.map((id) => [id, seen]));

it.each(['application', 'unknown'] satisfies Answerer[])(
  'an auth service that hangs and answers one validation with a 500 by %s explains that 500 too',
  (by) => {
    const passing = Object.entries(allPass()).filter(([id]) => !id.startsWith('registration.'));
    const { faults, unexplained, hypotheses } = diagnosisOf({
      ...Object.fromEntries(passing),
      ...each(keyedAtRegistry, refused),
      ...each(hanging, 'response-timeout'),
      'auth.validate-made-up-key': ['server-error', by],
      'registration.credentials': refused,
    });

    expect(faults).toEqual([['auth-service-unavailable']]);
    expect(unexplained).toEqual([]);
    expect(hypotheses[0]?.contradicts).toEqual([]);
  },
);
