import type { BodyExpectation } from '../model/target.ts';
import type { ReadResponse } from './answerer.ts';
import { dependenciesOf, healthOf, unwell } from './health.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { failed, isDegraded, type Judgement, passed } from './judgement.ts';
import { namedVersion } from './version.ts';

const wrong = (why: string): Judgement => failed('unexpected-body', why);

/** A version as servers write it: dotted numbers, optionally with a leading `v` and a trailing label. */
const versionPattern = /^v?\d{1,20}\.\d[\w.+-]{0,79}$/;

/** Judges the body of a response that has the expected status. */
export const judgeBody = (
  { body, json }: Pick<ReadResponse, 'body' | 'json'>,
  expected: BodyExpectation,
): Judgement => {
  const text = body.trim();
  switch (expected.kind) {
    case 'any':
      return passed;
    case 'present':
      return text === '' ? wrong('the body is empty') : passed;
    case 'contains':
      return body.includes(expected.text)
        ? passed
        : wrong(`the body does not contain ${JSON.stringify(expected.text)}`);
    case 'equals':
      return text === expected.text ? passed : wrong(`the body is not ${JSON.stringify(expected.text)}`);
    case 'html':
      if (!/<html[\s>]/i.test(body)) return wrong('the body is not an HTML page');
      return body.toLowerCase().includes(expected.contains.toLowerCase())
        ? passed
        : wrong(`the page is not ${expected.contains}'s`);
    case 'version':
      return judgeVersion(namedVersion({ body, json }));
    case 'json':
      return withObject(text, json, () => passed);
    case 'health':
      return withObject(text, json, judgeHealth);
    case 'list':
      return withObject(text, json, (answer) => judgeList(answer, expected.of));
    case 'key-accepted':
      return withObject(text, json, (answer) =>
        answer['valid'] === false || answer['is_valid'] === false
          ? failed('auth-rejected', 'the answer says that the key is not valid')
          : passed,
      );
  }
};

const withObject = (text: string, json: Json, judge: (answer: JsonObject) => Judgement): Judgement => {
  if (text === '') return wrong('the body is empty');
  switch (json.kind) {
    case 'none':
      return wrong(/^<(!doctype|html)/i.test(text) ? 'HTML instead of JSON' : 'the body is not JSON');
    case 'refused':
      return wrong(`the JSON is ${json.why}`);
    case 'value':
      return isObject(json.value) ? judge(json.value) : wrong('the JSON is not an object');
  }
};

const judgeHealth = (answer: JsonObject): Judgement => {
  const health = healthOf(answer['status']);
  const version = typeof answer['version'] === 'string' ? answer['version'] : null;
  if (health === null) return { ...wrong('the JSON has no known health status'), version };
  const dependencies = dependenciesOf(answer);
  if (health === 'healthy') return { ...passed, version, dependencies };
  const names = unwell(dependencies).map(({ name }) => name);
  const named = names.length === 0 ? 'without naming a dependency' : `because of ${names.join(', ')}`;
  const why = `says ${String(answer['status']).trim()}, ${named}`;
  const judgement =
    health === 'degraded' ? isDegraded('dependency-unhealthy', why) : failed('dependency-unhealthy', why);
  return { ...judgement, version, dependencies };
};

/** MLflow omits an empty list, so an empty object counts as a list. With any other key it is a different response. */
const judgeList = (answer: JsonObject, of: string): Judgement => {
  const list = answer[of];
  if (list !== undefined && !Array.isArray(list)) return wrong(`${of} is not a list`);
  const other = Object.keys(answer).find((key) => key !== of && key !== 'next_page_token');
  return other === undefined ? passed : wrong(`the JSON has ${JSON.stringify(other.slice(0, 40))} instead of ${of}`);
};

const judgeVersion = (version: string | null): Judgement =>
  version !== null && versionPattern.test(version) ? { ...passed, version } : wrong('the body is not a version');
