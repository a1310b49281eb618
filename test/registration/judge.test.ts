import { describe, expect, it } from 'vitest';
import { factsOf, statusOf } from '../../src/registration/judge.ts';
import { cleanup, step, stepsWith, stoppedAt } from '../metrics/reports.ts';

const learned = { credentialForms: { bearer: null }, deletesThrough: null, loggedModels: null };

describe('what the flow has learned', () => {
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

  it('from one that passed', () => {
    const facts = { readsWork: true, writesWork: true, artifactsWork: true, firstFailure: null };
    expect(factsOf(learned, stepsWith([]))).toMatchObject(facts);
  });
});

describe('the flow as a whole', () => {
  it('fails with one step', () => {
    expect(statusOf(stepsWith([step('search-model', 'fail')]), cleanup([]))).toBe('fail');
  });

  it('is no symptom where the failing step is known since the baseline', () => {
    expect(statusOf(stepsWith([step('search-model', 'fail', { known: true })]), cleanup([]))).toBe('pass');
  });

  it('is degraded by what it leaves behind', () => {
    expect(statusOf(stepsWith([]), cleanup([{ thing: 'run', id: 'a' }]))).toBe('degraded');
  });

  it('was not done, when nothing of it was', () => {
    const skipped = stepsWith([]).map(({ id }) => step(id, 'skipped'));
    expect(statusOf(skipped, cleanup([]))).toBe('skipped');
  });
});
