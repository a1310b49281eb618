import { describe, expect, test } from 'vitest';
import { matches, ruleFor } from '../../src/confirm/judgements/rules.ts';
import type { Rule } from '../../src/confirm/resources.ts';

describe('a pattern of a listener rule', () => {
  test.for([
    ['/mlflow*', '/mlflow', true],
    ['/mlflow*', '/mlflow/api', true],
    ['/mlflow/*', '/mlflow', false],
    ['*.hokus.ai', 'registry.hokus.ai', true],
    ['*.hokus.ai', 'hokus.ai', false],
    ['/a?c', '/abc', true],
    ['/a?c', '/ac', false],
    ['*/health', '/api/mlflow/health', true],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b', 'ab c', false],
    ['', '', true],
    ['*', '', true],
  ] as const)('%s and %s: %s', ([pattern, text, expected]) => {
    expect(matches(pattern, text)).toBe(expected);
  });
});

const forward = (to: string): Rule['actions'] => [{ kind: 'forward', groups: [to] }];
const rule = (priority: string, conditions: Rule['conditions'], to: string): Rule => ({
  priority,
  isDefault: priority === 'default',
  conditions,
  actions: forward(to),
});

const rules: readonly Rule[] = [
  rule('default', [], 'nothing'),
  rule('20', [{ field: 'host-header', values: ['registry.hokus.ai'] }], 'api'),
  rule(
    '3',
    [
      { field: 'host-header', values: ['REGISTRY.hokus.ai'] },
      { field: 'path-pattern', values: ['/mlflow*'] },
    ],
    'mlflow',
  ),
];

const to = (all: readonly Rule[], path: string, host = 'registry.hokus.ai') => ruleFor(all, { host, path })?.action;

describe('the rule for a request', () => {
  test('is the first by priority whose conditions all hold, and hosts have no case', () => {
    expect(to(rules, '/mlflow/x')).toEqual(forward('mlflow')[0]);
    expect(to(rules, '/api')).toEqual(forward('api')[0]);
    expect(to(rules, '/api', 'other.hokus.ai')).toEqual(forward('nothing')[0]);
  });

  test('has paths with case', () => {
    expect(to(rules, '/MLFLOW')).toEqual(forward('api')[0]);
  });

  test('is not known if an earlier one depends on a header, a query or an address', () => {
    const withHeader = [...rules, rule('1', [{ field: 'http-header', values: ['x'] }], 'canary')];

    expect(ruleFor(withHeader, { host: 'registry.hokus.ai', path: '/api' })).toBeNull();
  });

  test('is known all the same if that one is for another host', () => {
    const conditions = [
      { field: 'http-header', values: ['x'] },
      { field: 'host-header', values: ['other.hokus.ai'] },
    ];

    expect(to([...rules, rule('1', conditions, 'canary')], '/api')).toEqual(forward('api')[0]);
  });
});
