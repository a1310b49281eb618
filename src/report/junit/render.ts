import { registrationHost } from '../../platform/registration.ts';
import type { Registration, Report } from '../../platform/report.ts';
import { explain } from '../explanation.ts';
import { bodyOf, factsOf, headersOf, summaryOf } from '../facts.ts';
import { markup } from '../markup.ts';
import { plainText } from '../plain-text.ts';
import { flowGroups, hostGroups, type Result, type ResultGroup } from '../results.ts';
import { isFailure, type Strictness } from '../strictness.ts';
import type { View } from '../view.ts';
import { diagnosisCase, diagnosisProperties } from './diagnosis-case.ts';
import { element, type Property, seconds, suiteOf, type TestCase, type TestSuite } from './elements.ts';

/** JUnit's XML, as Jenkins, GitLab and others read it: a suite for the diagnosis, one for each host, one for the flow. */
export const renderJunit = (report: Report, view: View, strictness: Strictness): string => {
  const { outcomes, registration, environment, startedAt } = report;
  const explanation = explain(report, view);
  const timestamp = plainText(startedAt).replace(/(\.\d+)?Z$/, '');
  const suites = [
    suite(
      'diagnosis',
      [diagnosisCase(report, explanation, view, strictness)],
      diagnosisProperties(report, explanation),
    ),
    ...hostGroups(outcomes, view.hosts).map((group) => suite(group.title, casesOf(group, strictness))),
    ...(registration === null ? [] : flowSuites(registration, strictness)),
  ];
  const sum = (count: 'tests' | 'failures' | 'errors'): number => suites.reduce((total, one) => total + one[count], 0);
  return `${
    markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="hokusai-synthetics ${plainText(environment)}" tests="${sum('tests')}" failures="${sum('failures')}" errors="${sum('errors')}" time="${seconds(report.durationMs)}">${suites.map((one) => element(one, timestamp))}
</testsuites>`.text
  }\n`;
};

const suite = (name: string, cases: readonly TestCase[], properties: readonly Property[] = []): TestSuite =>
  suiteOf(plainText(name), cases, properties);

const casesOf = ({ id, results }: ResultGroup, strictness: Strictness): readonly TestCase[] =>
  results.map((result) => caseOf(result, id, strictness));

const caseOf = (result: Result, classname: string, strictness: Strictness): TestCase => {
  const { status, failureMode } = result.outcome;
  const summary = summaryOf(result.outcome);
  const whole = { classname: plainText(classname), name: plainText(result.id), ms: result.ms ?? 0 };
  const mode = failureMode ?? status;
  const message = summary === '' ? mode : `${mode}: ${summary}`;
  if (isFailure({ status, known: result.known }, strictness))
    return { ...whole, kind: 'failure', type: mode, message, text: evidenceText(result) };
  if (result.known) return { ...whole, kind: 'skipped', message: `known since the baseline: ${message}` };
  switch (status) {
    case 'inconclusive':
      return { ...whole, kind: 'error', type: mode, message, text: evidenceText(result) };
    case 'skipped':
      return { ...whole, kind: 'skipped', message: summary };
    case 'degraded':
      return { ...whole, kind: 'passed', output: [message, evidenceText(result)].join('\n') };
    case 'pass':
    case 'fail':
      return { ...whole, kind: 'passed', output: '' };
  }
};

/** What a person needs to believe it, a fact a line. */
const evidenceText = (result: Result): string => {
  const body = bodyOf(result.outcome);
  return [
    summaryOf(result.outcome),
    ...[
      ...factsOf(result),
      ...headersOf(result.outcome).map((header) => ({ ...header, name: `header ${header.name}` })),
    ].map(({ name, value }) => `${name}: ${value}`),
    ...(body === '' ? [] : ['body:', body]),
  ].join('\n');
};

const flowSuites = (registration: Registration, strictness: Strictness): readonly TestSuite[] =>
  flowGroups(registration).map((group) => {
    const { cleanup, model } = registration;
    return suite(
      group.title,
      [...casesOf(group, strictness), cleanupCase(registration, strictness)],
      [
        { name: 'model', value: plainText(model) },
        ...cleanup.leftBehind.map(({ thing, id }) => ({ name: 'left behind', value: `${thing} ${plainText(id)}` })),
      ],
    );
  });

const cleanupCase = ({ cleanup }: Registration, strictness: Strictness): TestCase => {
  const { status, failureMode, durationMs, leftBehind, evidence } = cleanup;
  const whole = { classname: registrationHost, name: `${registrationHost}.clean-up`, ms: durationMs };
  const left = leftBehind.map(({ thing, id }) => `left behind: ${thing} ${plainText(id)}`);
  const text = [plainText(evidence?.summary ?? ''), ...left].filter((line) => line !== '').join('\n');
  const mode = failureMode ?? status;
  if (isFailure({ status, known: false }, strictness))
    return { ...whole, kind: 'failure', type: mode, message: `${mode}: ${leftBehind.length} left behind`, text };
  if (status === 'inconclusive') return { ...whole, kind: 'error', type: mode, message: mode, text };
  if (status === 'skipped') return { ...whole, kind: 'skipped', message: 'nothing was made' };
  return { ...whole, kind: 'passed', output: status === 'degraded' ? `${mode}\n${text}` : '' };
};
