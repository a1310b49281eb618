import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/classify/json.ts';
import { toldText } from '../../src/classify/told-text.ts';
import { namedVersion, sameVersion } from '../../src/classify/version.ts';
import { visibleText } from '../../src/classify/visible-text.ts';
import { response } from './seen.ts';

describe('the text that a person reads', () => {
  it.each([
    ['a<b>c</b>d', 'a c d'],
    ['a<!-- <b> -->c', 'a c'],
    ['a<script>if (a < b)</script>c<STYLE>x</Style>d', 'a c d'],
    ['<head><title>x</title></head>a', ' a'],
    ['<header>a</header>', ' a '],
    ['<title>a', ' a'],
    ['a<b', 'a<b'],
    ['a<script>b<script>c', 'a b c'],
    ['', ''],
  ])('of %j is %j', (html, expected) => {
    expect(visibleText(html)).toBe(expected);
  });

  const read = (body: string, type = '') =>
    toldText({
      ...response(500, body, type === '' ? {} : { 'content-type': type }),
      json: readJson(body),
    });
  it.each([
    ['{"a":"\\u0062\\n\\"c\\""}', '', '{"a":"b "c""}'],
    ['<b>a</b> &quot;b&#34;', '', '<b>a</b> &quot;b&#34;'],
    ['<b>a</b> &quot;b&#x22; &apos;c&#39;&#039;&#x27;', 'text/html', " a \"b\" 'c'''"],
    ['<!doctype html><title>t</title><p>a', '', 't a'],
    [' <HTML>a', '', ' a'],
    ['a<title lang=en>two words</title>', 'text/html', 'two words a '],
    ['x <html>a', '', 'x <html>a'],
    ['Traceback (most recent call last):\n  File "x"\n\tat\nE: a', '', 'Traceback (most recent call last): E: a'],
    ['E: a\n  at x (y)\n    b', '', 'E: a b'],
    ['{"path":"/api/mlflow/health"}', '', '{"path":""}'],
    ['No response to /api/mlflow?a=b', '', 'No response to ?a=b'],
    ['{"path":"\\/api\\/mlflow\\/health"}', '', '{"path":""}'],
    ['GET:/api/mlflow redis://cache:6379/0', '', 'GET: redis://cache:6379/0'],
    ['a/b (/c) http://mlflow:5000/api', '', 'a/b () http://mlflow:5000/api'],
  ])('of %j (%s) is %j, to find a cause', (body, type, expected) => {
    expect(read(body, type)).toBe(expected);
  });
});

describe('a version', () => {
  it.each([
    ['{"version":"1.2"}', '1.2'],
    ['{"version":2}', '2'],
    ['{"version":true}', null],
    ['{"version":"a b"}', null],
    ['{}', null],
    ['2.10', '2.10'],
    ['"1.2"', '1.2'],
    [' abc123\n', 'abc123'],
    ['two words', null],
    ['x'.repeat(100), 'x'.repeat(100)],
    ['x'.repeat(101), null],
    ['', null],
  ])('in %j is %j', (body, expected) => {
    expect(namedVersion({ body, json: readJson(body) })).toBe(expected);
  });

  it('equals the tag of the same name', () => {
    expect([sameVersion('v1.2', '1.2'), sameVersion('1.2', 'V1.2'), sameVersion('1.2', '1.2')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([
      sameVersion('vx', 'x'),
      sameVersion('1.3', '1.2'),
      sameVersion(null, '1.2'),
      sameVersion('av1', 'a1'),
    ]).toEqual([false, false, false, false]);
  });
});
