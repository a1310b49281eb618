import { describe, expect, it } from 'vitest';
import type { Attempted } from '../../src/model/observation.ts';
import type { BodyExpectation } from '../../src/model/target.ts';
import { attempt, expecting, response, told } from './seen.ts';

const uvicorn = { server: 'uvicorn', 'content-type': 'application/json' };
const api = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Partial<Attempted> => ({
  response: response(status, body, { ...uvicorn, ...headers }),
});
const by = 'by the application';

describe('a body is judged by what the target expects', () => {
  it.each<readonly [BodyExpectation, string, string]>([
    [{ kind: 'any' }, '', 'pass'],
    [{ kind: 'present' }, 'x', 'pass'],
    [{ kind: 'present' }, ' \n', 'the body is empty'],
    [{ kind: 'contains', text: 'ok' }, 'it is ok.', 'pass'],
    [{ kind: 'contains', text: 'ok' }, 'OK', 'the body does not contain "ok"'],
    [{ kind: 'equals', text: 'OK' }, ' OK\n', 'pass'],
    [{ kind: 'equals', text: 'OK' }, 'OK.', 'the body is not "OK"'],
    [{ kind: 'html', contains: 'MLflow' }, '<HTML lang="en"><title>my mlflow</title>', 'pass'],
    [{ kind: 'html', contains: 'Grafana' }, '<html><title>Kibana</title>', "the page is not Grafana's"],
    [{ kind: 'html', contains: 'x' }, '<htmlx>x', 'the body is not an HTML page'],
    [{ kind: 'version' }, '3.9.0', 'pass'],
    [{ kind: 'version' }, '{"version":"v3.9.0-rc.1"}', 'pass'],
    [{ kind: 'version' }, '3', 'the body is not a version'],
    [{ kind: 'version' }, 'v3.x9', 'the body is not a version'],
    [{ kind: 'version' }, '3.9.0 or so', 'the body is not a version'],
    [{ kind: 'json' }, '{}', 'pass'],
    [{ kind: 'json' }, ' ', 'the body is empty'],
    [{ kind: 'json' }, 'ok', 'the body is not JSON'],
    [{ kind: 'json' }, '<!DOCTYPE html><p>x', 'HTML instead of JSON'],
    [{ kind: 'json' }, '<html><p>x', 'HTML instead of JSON'],
    [{ kind: 'json' }, 'x <html>', 'the body is not JSON'],
    [{ kind: 'json' }, '[1]', 'the JSON is not an object'],
    [{ kind: 'json' }, '['.repeat(65), 'the JSON is nested more than 64 levels deep'],
    [{ kind: 'health' }, '{"status":"UP"}', 'pass'],
    [{ kind: 'health' }, '{"status":true}', 'pass'],
    [{ kind: 'health' }, '{"status":"fine"}', 'the JSON has no known health status'],
    [{ kind: 'list', of: 'runs' }, '{"runs":[],"next_page_token":"x"}', 'pass'],
    [{ kind: 'list', of: 'runs' }, '{}', 'pass'],
    [{ kind: 'list', of: 'runs' }, '{"runs":1}', 'runs is not a list'],
    [{ kind: 'list', of: 'runs' }, '{"runs":[],"models":[]}', 'the JSON has "models" instead of runs'],
    [{ kind: 'list', of: 'runs' }, `{"${'m'.repeat(41)}":[]}`, `the JSON has "${'m'.repeat(40)}" instead of runs`],
    [{ kind: 'key-accepted' }, '{"valid":true}', 'pass'],
    [{ kind: 'key-accepted' }, '{}', 'pass'],
  ])('%j: %j', (body, text, expected) => {
    const wrong = `fail unexpected-body at api: 200 ${by}: ${expected}`;
    expect(told(expecting({ body }), attempt(api(200, text)))).toBe(expected === 'pass' ? 'pass' : wrong);
  });

  it.each(['{"valid":false}', '{"is_valid":false}'])(
    'a key that the auth service calls invalid is refused: %s',
    (text) => {
      expect(told(expecting({ body: { kind: 'key-accepted' } }), attempt(api(200, text)))).toBe(
        `fail auth-rejected at key-check: 200 ${by}: the answer says that the key is not valid`,
      );
    },
  );

  it.each([
    ['{"status":"degraded"}', 'degraded', 'says degraded, without naming a dependency'],
    ['{"status":"degraded","redis":"down","db":{"status":"warn"}}', 'degraded', 'says degraded, because of redis, db'],
    ['{"status":"down","redis":"down","db":"up"}', 'fail', 'says down, because of redis'],
    ['{"status":" error "}', 'fail', 'says error, without naming a dependency'],
    [
      '{"status":"down","checks":[{"name":"a","state":"down"},{"component":"b","ok":false},{"service":"c","status":"up"},{"id":"d","health":"fail"},{"x":"e","ok":false}]}',
      'fail',
      'says down, because of a, b, d',
    ],
    [
      '{"status":"down","checks":[{"component":"a","outcome":"fail"},{"check":"b","result":"error"},{"dependency":"c","condition":"ok"}]}',
      'fail',
      'says down, because of a, b',
    ],
    ['{"status":"down","a":{"b":{"c":{"d":{"e":{"status":"down"}}}}}}', 'fail', 'says down, because of e'],
    [
      '{"status":"down","a":{"b":{"c":{"d":{"e":{"f":{"status":"down"}}}}}}}',
      'fail',
      'says down, without naming a dependency',
    ],
  ])('a health route reports its dependencies: %s', (text, status, why) => {
    const shown = told(expecting({ body: { kind: 'health' } }), attempt(api(200, text)));
    expect(shown).toBe(`${status} dependency-unhealthy at api: 200 ${by}: ${why}`);
  });
});
