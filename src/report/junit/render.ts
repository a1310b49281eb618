import { isFailure, type Strictness } from '../../model/predicates.ts';
import type { Registration, Report } from '../../model/report.ts';
import { leftBehindIn, type Request } from '../../model/requests.ts';
import { plainText } from '../../wording/plain-text.ts';
import { madeWords } from '../../wording/requests.ts';
import { knownAs } from '../../wording/status.ts';
import { askAgain, leftBehindLines } from '../entry.ts';
import { explain } from '../explanation.ts';
import { bodyOf, factsOf, headersOf, summaryOf } from '../facts.ts';
import { markup } from '../markup.ts';
import { placedRequests } from '../placed.ts';
import { flowGroups, hostGroups, type ResultGroup } from '../results.ts';
import type { View } from '../view.ts';
import { diagnosisCase, diagnosisProperties } from './diagnosis-case.ts';
import { element, type Property, seconds, suiteOf, type TestCase, type TestSuite } from './elements.ts';

/** JUnit XML, as Jenkins, GitLab and others read it: one suite for the diagnosis, one per host, one for the flow. */
export const renderJunit = (report: Report, view: View, strictness: Strictness): string => {
  const { registration, environment, startedAt } = report;
  const all = placedRequests(report);
  const explanation = explain(report, view);
  const timestamp = plainText(startedAt).replace(/(\.\d+)?Z$/, '');
  const suites = [
    suite(
      'diagnosis',
      [diagnosisCase(report, explanation, view, strictness)],
      diagnosisProperties(report, explanation),
    ),
    ...hostGroups(all, view.hosts).map((group) => suite(group.title, casesOf(group, strictness))),
    ...(registration === null ? [] : flowSuites(registration, all, strictness)),
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
  results.map((request) => caseOf(request, id, strictness));

const caseOf = (request: Request, classname: string, strictness: Strictness): TestCase => {
  const { status, failureMode } = request;
  const summary = summaryOf(request);
  const whole = { classname: plainText(classname), name: plainText(request.id), ms: request.durationMs ?? 0 };
  const mode = failureMode ?? status;
  const message = summary === '' ? mode : `${mode}: ${summary}`;
  if (isFailure(request, strictness))
    return { ...whole, kind: 'failure', type: mode, message, text: evidenceText(request) };
  if (request.known) return { ...whole, kind: 'skipped', message: `${knownAs(request)}: ${message}` };
  switch (status) {
    case 'inconclusive':
      return { ...whole, kind: 'error', type: mode, message, text: evidenceText(request) };
    case 'skipped':
      return { ...whole, kind: 'skipped', message: summary };
    case 'degraded':
      return { ...whole, kind: 'passed', output: [message, evidenceText(request)].join('\n') };
    case 'pass':
    case 'fail':
      return { ...whole, kind: 'passed', output: '' };
  }
};

/** The evidence, one fact per line. */
const evidenceText = (request: Request): string => {
  const body = bodyOf(request);
  return [
    summaryOf(request),
    ...(request.asked === undefined
      ? []
      : [
          `asked: ${plainText(`${request.asked.method} ${request.asked.url}`)}`,
          `${askAgain}: ${plainText(request.asked.command)}`,
        ]),
    ...leftBehindLines(request),
    ...[...factsOf(request), ...headersOf(request).map((header) => ({ ...header, name: `header ${header.name}` }))].map(
      ({ name, value }) => `${name}: ${value}`,
    ),
    ...(body === '' ? [] : ['body:', body]),
  ].join('\n');
};

const flowSuites = ({ model }: Registration, all: readonly Request[], strictness: Strictness): readonly TestSuite[] =>
  flowGroups(all).map((group) =>
    suite(group.title, casesOf(group, strictness), [
      { name: 'model', value: plainText(model) },
      ...leftBehindIn(all).map((made) => ({ name: 'left behind', value: plainText(madeWords(made)) })),
    ]),
  );
