import { expect, it } from 'vitest';
import { diagnoseEvidence } from '../../src/diagnose/diagnose.ts';
import type { Observed } from '../../src/diagnose/evidence.ts';
import { plain } from '../../src/diagnose/look-alikes.ts';
import { type CauseId, type PlacedVariant, placedVariants } from '../../src/diagnose/placed-variants.ts';
import { type Prediction, predict } from '../../src/diagnose/predict.ts';
import { type ProbedRequest, probedRequestOf, probedRequestOfStep } from '../../src/diagnose/probed-request.ts';
import { logLikelihoodsBeside, tableOf } from '../../src/diagnose/score.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import type { Symptom } from '../../src/model/hypothesis.ts';
import { stepIds } from '../../src/platform/flow-steps.ts';
import { targets } from './observations.ts';
import { rarerLookAlikes } from './rarer-look-alikes.ts';

const requests = [
  ...targets.filter(({ enabled }) => enabled).map(probedRequestOf),
  ...stepIds.map((id) => probedRequestOfStep(id, 'bearer')),
];

/** How the platform shows a fault: all requests in the likeliest or all in the second way, with or without its words. */
interface Manner {
  readonly place: 0 | 1;
  readonly isTold: boolean;
}

const manners: readonly Manner[] = [0, 1].flatMap((place) =>
  [false, true].map((isTold) => ({ place: place as 0 | 1, isTold })),
);

/** Less likely ways are not worth a cycle. */
const least = 0.2;

const symptomIn = ({ shows }: Prediction, place: number): Symptom => {
  const ways = (Object.entries(shows) as [Symptom, number][]).toSorted(([, a], [, b]) => b - a);
  const likely = ways.filter(([, share], index) => index === 0 || share >= least);
  return (likely[Math.min(place, likely.length - 1)] ?? ['pass'])[0];
};

const speakerOf = ({ by }: Prediction, { hops }: ProbedRequest): Answerer | null => {
  const isBehindApi = hops.includes('api');
  if (isBehindApi && (by?.includes('application') ?? true)) return 'application';
  return by?.[0] ?? null;
};

/** A cycle of the default targets and the flow under one hypothesis. The flow ends at its first failure. */
const cycleOf = (one: PlacedVariant, { place, isTold }: Manner): readonly Observed[] => {
  let stopped = false;
  return requests.flatMap((request): readonly Observed[] => {
    const isStep = request.id.startsWith('registration.');
    if (isStep && stopped) return [];
    const prediction = predict(one, request);
    const symptom = prediction === null ? 'pass' : symptomIn(prediction, place);
    if (prediction === null || symptom === 'pass')
      return [{ request, symptom: 'pass', answeredBy: null, cause: null, ...plain }];
    if (isStep) stopped = true;
    const cause = isTold ? (prediction.says?.[0] ?? null) : null;
    return [
      {
        request,
        symptom,
        answeredBy: speakerOf(prediction, request),
        cause,
        ...plain,
        isOfOneAddress: prediction.ofOneAddress,
      },
    ];
  });
};

const cycles = placedVariants.flatMap((one, index) =>
  manners.flatMap((manner) => {
    const evidence = cycleOf(one, manner);
    if (evidence.every(({ symptom }) => symptom === 'pass')) return [];
    const diagnosis = diagnoseEvidence(evidence, 'unknown', false);
    const place = [one.hosts ?? 'everywhere', one.through ?? ''].join(' ');
    return [{ truth: one.cause, what: `${one.cause} #${index} ${place}`, evidence, diagnosis }];
  }),
);

/** The log-likelihood of the way that fits best. */
const fitOf = (id: CauseId, fits: Float64Array): number =>
  Math.max(...placedVariants.map(({ cause }, index) => (cause === id ? (fits[index] ?? 0) : -Infinity)));

it('a cycle that looks as one hypothesis predicts never gives another with 80 % or more', () => {
  const wrong = cycles.flatMap(({ truth, what, diagnosis: { hypotheses, faults } }) =>
    hypotheses
      .filter(({ probability, fault }) => probability >= 0.8 && !faults[fault]?.some((one) => one === truth))
      .map(({ id }) => `${what} is called ${id}`),
  );
  expect(wrong).toEqual([]);
});

it('a hypothesis that fits as well is in the tie, or rarer for a stated reason', () => {
  const left = cycles.flatMap(({ truth, evidence, diagnosis: { faults } }) => {
    const [named] = faults[0] ?? [];
    if (named === undefined || faults.flat().some((one) => one === truth)) return [];
    const fits = logLikelihoodsBeside(tableOf(evidence, 'unknown'), []);
    return fitOf(named, fits) - fitOf(truth, fits) < 2 ? [`${truth} < ${named}`] : [];
  });
  expect([...new Set(left)].toSorted()).toEqual(Object.keys(rarerLookAlikes).toSorted());
});
