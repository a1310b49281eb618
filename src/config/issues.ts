import type * as v from 'valibot';
import { type ConfigErrorAt, type ConfigErrorData, finding, type Kind, kindOf, type Path } from './config-errors.ts';
import { isFormat } from './format.ts';
import { nearest } from './nearest.ts';

type Issue = v.BaseIssue<unknown>;

const expectedKinds: Readonly<Record<string, Kind>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
  record: 'mapping',
  strict_object: 'mapping',
  object_with_rest: 'mapping',
};

/** A valibot issue as a finding; null: checkStructure already reported it. */
export const findingOf = (issue: Issue): ConfigErrorAt | null => {
  const steps = issue.path ?? [];
  const path: Path = steps.map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const isKey = steps.at(-1)?.origin === 'key';
  if (issue.expected === 'never' && isKey) return null;
  if (isKey && issue.kind === 'schema' && issue.expected?.startsWith('"') === true)
    return finding(path.slice(0, -1), { code: 'missing-key', key: String(path.at(-1)) }, 'key');
  return finding(path, faultOf(issue), isKey ? 'key' : 'value');
};

const faultOf = (issue: Issue): ConfigErrorData => {
  const limit = Number(issue.requirement);
  switch (issue.type) {
    case 'integer':
      return { code: 'not-whole' };
    case 'min_value':
      return { code: 'below', least: limit };
    case 'max_value':
      return { code: 'above', most: limit };
    case 'non_empty':
      return { code: 'empty' };
    case 'max_entries':
      return { code: 'too-long', most: limit, unit: 'entries' };
    case 'max_length':
      return { code: 'too-long', most: limit, unit: kindOf(issue.input) === 'list' ? 'entries' : 'characters' };
    default:
      return mismatch(issue);
  }
};

const mismatch = (issue: Issue): ConfigErrorData => {
  const found = kindOf(issue.input);
  if (isFormat(issue.message)) return { code: 'malformed', format: issue.message };
  if (issue.type === 'number' && found === 'number') return { code: 'not-whole' };
  if (issue.type === 'picklist' || issue.type === 'variant') {
    const allowed = [...(issue.expected ?? '').matchAll(/"([^"]*)"/g)].map(([, option = '']) => option);
    return { code: 'not-one-of', allowed, nearest: found === 'text' ? nearest(String(issue.input), allowed) : null };
  }
  return { code: 'wrong-type', expected: expectedKinds[issue.type] ?? 'text', found };
};
