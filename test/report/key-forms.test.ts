import { expect, it } from 'vitest';
import { requests } from '../../src/model/requests.ts';
import { factWords } from '../../src/report/registration-facts.ts';
import { flow, outcome, report, stepsWith } from '../metrics/reports.ts';

const passing = flow(stepsWith([]));
const registration = {
  ...passing,
  facts: { ...passing.facts, credentialForms: { bearer: 'auth-rejected', 'x-api-key': null } },
} as const;

const wordsWith = (bearer: 'pass' | 'fail', xApiKey: 'pass' | 'fail'): string => {
  const one = (id: string, status: 'pass' | 'fail') =>
    outcome(id, status, status === 'fail' ? { failureMode: 'auth-rejected', host: 'registry' } : { host: 'registry' });
  const outcomes = [
    one('registry.mlflow-proxy-search', bearer),
    one('registry.mlflow-proxy-search-x-api-key', xApiKey),
  ];
  return factWords(registration, requests(report(outcomes, { registration })), 'https://x.test').join();
};

it('says that one form of the key works and the other does not, if all requests agree', () => {
  expect(wordsWith('fail', 'pass')).toContain('the key works as X-API-Key, not as Bearer');
});

it.each([
  ['pass', 'pass'],
  ['fail', 'fail'],
  ['pass', 'fail'],
] as const)(
  'says nothing about the form of the key if the same requests elsewhere disagree: Bearer %s, X-API-Key %s',
  (bearer, xApiKey) => {
    expect(wordsWith(bearer, xApiKey)).not.toContain('the key works');
  },
);
