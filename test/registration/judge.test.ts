import { describe, expect, it } from 'vitest';
import { factsOf, statusOf } from '../../src/registration/judge.ts';
import { cleanup, step, stepsWith, stoppedAt } from '../metrics/reports.ts';

const learned = { credentialForms: { bearer: null }, deletesThrough: null, loggedModels: null };

describe('the findings of the flow', () => {
  it.each([
    ['create-run', { readsWork: true, writesWork: false, artifactsWork: null }],
    ['experiment', { readsWork: true, writesWork: false, artifactsWork: null }],
    // What was written before shows that writing works.
    ['upload-artifacts', { readsWork: true, writesWork: true, artifactsWork: false }],
    // That nothing can be deleted says nothing about writing.
    ['prove-deletion', { readsWork: true, writesWork: null, artifactsWork: null }],
    ['credentials', { readsWork: false, writesWork: null, artifactsWork: null }],
  ] as const)('from a flow that stopped at %s', (id, facts) => {
    expect(factsOf(learned, stoppedAt(step(id, 'fail')))).toMatchObject({ ...facts, firstFailure: id });
  });

  it('from a passing flow', () => {
    const facts = { readsWork: true, writesWork: true, artifactsWork: true, firstFailure: null };
    expect(factsOf(learned, stepsWith([]))).toMatchObject(facts);
  });
});

describe('the whole flow', () => {
  it('fails with one failing step', () => {
    expect(statusOf(stepsWith([step('search-model', 'fail')]), cleanup([]))).toBe('fail');
  });

  it('is not a symptom when the baseline knows the failing step', () => {
    expect(statusOf(stepsWith([step('search-model', 'fail', { known: true })]), cleanup([]))).toBe('pass');
  });

  it('is degraded by objects left behind', () => {
    expect(statusOf(stepsWith([]), cleanup([{ thing: 'run', id: 'a' }]))).toBe('degraded');
  });

  it('is skipped when no step ran', () => {
    const skipped = stepsWith([]).map(({ id }) => step(id, 'skipped'));
    expect(statusOf(skipped, cleanup([]))).toBe('skipped');
  });
});
