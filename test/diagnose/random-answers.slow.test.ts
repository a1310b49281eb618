import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { allPass, observations, targets } from './observations.ts';

const asked = Object.keys(allPass()).filter(
  (id) => id.startsWith('registry.') && !/(dns|certificate|http-redirect|mlflow-ui)$/.test(id),
);

const anyAnswer = fc.constantFrom<FailureMode>(
  'server-error',
  'unexpected-status',
  'unexpected-body',
  'route-not-found',
  'forbidden',
  'rate-limited',
  'auth-rejected',
  'lb-no-route',
  'lb-no-target',
  'upstream-unavailable',
  'redirect-unexpected',
);

it('a server that answers at random, or only on the retry, gets no confident cause', () => {
  const answers = fc.array(fc.tuple(anyAnswer, anyAnswer), { minLength: asked.length, maxLength: asked.length });
  fc.assert(
    fc.property(answers, (given) => {
      const seen = observations(
        allPass(
          Object.fromEntries(asked.map((id, index) => [id, [given[index]?.[0] ?? 'server-error', 'unknown'] as const])),
        ),
      );
      const outcomes = seen.outcomes.map((outcome) => {
        const second = given[asked.indexOf(outcome.target)]?.[1];
        if (second === undefined) return outcome;
        return { ...outcome, attempts: [...outcome.attempts, { ...outcome, failureMode: second }] };
      });
      const { hypotheses, faults } = diagnose({ blind: null, outcomes, registration: null }, targets);
      const sure = faults.filter(
        ([only, ...more]) => more.length === 0 && hypotheses.some((one) => one.id === only && one.probability >= 0.9),
      );
      expect(sure).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
