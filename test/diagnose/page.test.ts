import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { hypothesesPage, pageFile } from '../../scripts/hypotheses-page.ts';
import { registrationSteps } from '../../src/platform/flow-steps.ts';
import { hypotheses, hypothesisIds } from '../../src/platform/hypotheses.ts';
import { targets } from './observations.ts';

it('docs/hypotheses.md is current (npm run generate)', async () => {
  expect(await readFile(pageFile, 'utf8')).toBe(hypothesesPage());
});

it('every hypothesis breaks a hop that some request crosses', () => {
  const crossed = new Set(
    [...targets, ...Object.values(registrationSteps)].flatMap(({ hops }) => hops as readonly string[]),
  );
  expect(hypothesisIds.filter((id) => !crossed.has(hypotheses[id].hop))).toEqual([]);
});
