import { describe, expect, it } from 'vitest';
import { againstNormal } from '../../src/cycle/against-normal.ts';
import type { Registration } from '../../src/model/report.ts';
import { requests } from '../../src/model/requests.ts';
import { expectingAt } from '../../src/normal/judge.ts';
import { learned } from '../../src/normal/learn.ts';
import { measuredIn } from '../../src/normal/measure.ts';
import { type StepId, stepIds } from '../../src/platform/flow-steps.ts';
import { targets } from '../diagnose/observations.ts';
import { flow, stepsWith } from '../metrics/reports.ts';
import { minuteMs, nothing } from './load.ts';

/** A flow whose steps take 100 ms, but for these. */
const taking = (ms: number, slow: readonly StepId[]): Registration => {
  const { steps, ...rest } = flow(stepsWith([]));
  return { ...rest, steps: steps.map((one) => ({ ...one, durationMs: slow.includes(one.id) ? ms : 100 })) };
};

/** Cycles of a minute each, as `watch` makes them. @returns the slow steps of each */
const watch = (cycles: readonly Registration[]): readonly (readonly string[])[] => {
  let normals = nothing;
  return cycles.map((ran, minute) => {
    const atMs = minute * minuteMs;
    const expecting = expectingAt(normals, atMs, true);
    const seen = againstNormal({ outcomes: [], registration: ran }, targets, { expecting, baseline: [] });
    const slow = (seen.registration?.steps ?? []).filter(({ failureMode }) => failureMode === 'slow');
    const measured = measuredIn(requests(seen), targets, expecting);
    normals = learned(normals, { atMs, isHealthy: slow.length === 0, isRecent: true, requests: measured });
    return slow.map(({ id }) => id);
  });
};

const usual = Array.from({ length: 20 }, () => taking(100, []));
const versions = ['create-version-from-run', 'create-version-from-model'] as const;

describe('the flow against what is normal at this hour', () => {
  it('has slow steps from the second late cycle on', () => {
    const late = taking(8_000, versions);
    expect(watch([...usual, late, late, late]).slice(20)).toEqual([[], versions, versions]);
  });

  it('has none after one late cycle, however late', () => {
    const late = taking(30_000, versions);
    const well = taking(100, []);
    expect(watch([...usual, late, well, well, well, late]).flat()).toEqual([]);
  });

  const later = taking(1_050, stepIds);
  it('has none if they take a little less than a second more: hardly a person notices', () => {
    expect(watch([...usual, later, later, later]).flat()).toEqual([]);
  });

  it('has none if the prober itself was late', () => {
    const { steps, ...rest } = taking(8_000, stepIds);
    const late = {
      ...rest,
      steps: steps.map((one) => ({ ...one, evidence: { ...one.evidence, loopLateMs: one.durationMs - 100 } })),
    };
    expect(watch([...usual, late, late, late]).flat()).toEqual([]);
  });

  it('says how long such a step normally takes', () => {
    const late = taking(8_000, ['read-artifacts']);
    let said = '';
    let normals = nothing;
    for (const [minute, ran] of [...usual, late, late].entries()) {
      const expecting = expectingAt(normals, minute * minuteMs, true);
      const { registration } = againstNormal({ outcomes: [], registration: ran }, targets, { expecting, baseline: [] });
      said = registration?.steps.find(({ id }) => id === 'read-artifacts')?.evidence.summary ?? '';
      const seen = { outcomes: [], registration: ran };
      const measured = measuredIn(requests(seen), targets, expecting);
      normals = learned(normals, { atMs: minute * minuteMs, isHealthy: true, isRecent: true, requests: measured });
    }
    expect(said).toMatch(/: the step took 8000 ms, such a step normally takes 100 ms at this hour$/);
  });
});
