import { expect, it } from 'vitest';
import type { Answerer } from '../../src/model/answerers.ts';
import { allPass, diagnosisOf, type Seen } from './observations.ts';

const refused: Seen = ['upstream-unavailable', 'application'];
const keyed = [
  'registry.mlflow-proxy',
  'registry.mlflow-proxy-health',
  'registry.mlflow-proxy-version',
  'registry.mlflow-proxy-search',
  'registry.mlflow-proxy-search-x-api-key',
  'registry.mlflow-proxy-search-made-up-key',
  'registry.mlflow-api-search',
];
const hanging = ['auth.root', 'auth.health', 'auth.validate-bearer', 'auth.validate-x-api-key'];
const each = (ids: readonly string[], seen: Seen): Readonly<Record<string, Seen>> =>
  Object.fromEntries(ids.map((id) => [id, seen]));

it.each(['application', 'unknown'] satisfies Answerer[])(
  'an auth service that hangs and answers one validation with a 500 by %s explains that 500 too',
  (by) => {
    const passing = Object.entries(allPass()).filter(([id]) => !id.startsWith('registration.'));
    const { faults, unexplained, hypotheses } = diagnosisOf({
      ...Object.fromEntries(passing),
      ...each(keyed, refused),
      ...each(hanging, 'response-timeout'),
      'auth.validate-made-up-key': ['server-error', by],
      'registration.credentials': refused,
    });

    expect(faults).toEqual([['auth-service-unavailable']]);
    expect(unexplained).toEqual([]);
    expect(hypotheses[0]?.contradicts).toEqual([]);
  },
);
