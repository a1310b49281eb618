import type { FailureMode } from '../platform/failure-modes.ts';
import type { BodyExpectation } from '../platform/target.ts';
import type { ReadResponse } from './answerer.ts';
import { healthOf, unhealthyDependencies } from './health.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { namedVersion } from './version.ts';

export interface BodyVerdict {
  readonly status: 'pass' | 'degraded' | 'fail';
  readonly failureMode: FailureMode | null;
  /** What is wrong, as a clause; empty when nothing is. */
  readonly why: string;
  /** The version that the body names. */
  readonly version: string | null;
  readonly dependencies: readonly string[];
}

const pass: BodyVerdict = { status: 'pass', failureMode: null, why: '', version: null, dependencies: [] };
const wrong = (why: string): BodyVerdict => ({ ...pass, status: 'fail', failureMode: 'unexpected-body', why });

/** A version as servers write them: numbers with dots, perhaps `v` before and a label behind. */
const versionPattern = /^v?\d{1,20}\.\d[\w.+-]{0,79}$/;

/** Judges the body of an answer whose status is the expected one. */
export const judgeBody = (
  { body, json }: Pick<ReadResponse, 'body' | 'json'>,
  expected: BodyExpectation,
): BodyVerdict => {
  const text = body.trim();
  switch (expected.kind) {
    case 'any':
      return pass;
    case 'present':
      return text === '' ? wrong('the body is empty') : pass;
    case 'contains':
      return body.includes(expected.text) ? pass : wrong(`the body does not contain ${JSON.stringify(expected.text)}`);
    case 'equals':
      return text === expected.text ? pass : wrong(`the body is not ${JSON.stringify(expected.text)}`);
    case 'html':
      if (!/<html[\s>]/i.test(body)) return wrong('the body is no HTML page');
      return body.toLowerCase().includes(expected.contains.toLowerCase())
        ? pass
        : wrong(`the page is not ${expected.contains}'s`);
    case 'version':
      return judgeVersion(namedVersion({ body, json }));
    case 'json':
      return withObject(text, json, () => pass);
    case 'health':
      return withObject(text, json, judgeHealth);
    case 'list':
      return withObject(text, json, (answer) => judgeList(answer, expected.of));
    case 'key-accepted':
      return withObject(text, json, (answer) =>
        answer['valid'] === false || answer['is_valid'] === false
          ? { ...pass, status: 'fail', failureMode: 'auth-rejected', why: 'the answer says that the key is not valid' }
          : pass,
      );
  }
};

const withObject = (text: string, json: Json, judge: (answer: JsonObject) => BodyVerdict): BodyVerdict => {
  if (text === '') return wrong('the body is empty');
  switch (json.kind) {
    case 'none':
      return wrong(/^<(!doctype|html)/i.test(text) ? 'HTML where JSON was due' : 'the body is no JSON');
    case 'refused':
      return wrong(`the JSON is ${json.why}`);
    case 'value':
      return isObject(json.value) ? judge(json.value) : wrong('the JSON is no object');
  }
};

const judgeHealth = (answer: JsonObject): BodyVerdict => {
  const health = healthOf(answer['status']);
  const version = typeof answer['version'] === 'string' ? answer['version'] : null;
  if (health === null) return { ...wrong('the JSON has no status in the words of a health route'), version };
  if (health === 'healthy') return { ...pass, version };
  const dependencies = unhealthyDependencies(answer);
  const named = dependencies.length === 0 ? 'without naming a dependency' : `because of ${dependencies.join(', ')}`;
  return {
    status: health === 'degraded' ? 'degraded' : 'fail',
    failureMode: 'dependency-unhealthy',
    why: `says ${String(answer['status']).trim()}, ${named}`,
    version,
    dependencies,
  };
};

/** MLflow leaves an empty list out, so an empty object is a list too; any other key means another answer. */
const judgeList = (answer: JsonObject, of: string): BodyVerdict => {
  const list = answer[of];
  if (list !== undefined && !Array.isArray(list)) return wrong(`${of} is no list`);
  const other = Object.keys(answer).find((key) => key !== of && key !== 'next_page_token');
  return other === undefined ? pass : wrong(`the JSON has ${JSON.stringify(other.slice(0, 40))} where ${of} was due`);
};

const judgeVersion = (version: string | null): BodyVerdict =>
  version !== null && versionPattern.test(version) ? { ...pass, version } : wrong('the body is no version');
