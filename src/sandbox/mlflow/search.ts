import { invalid } from './errors.ts';
import { dumps, isObject, type JsonObject, parseJson, repr } from './json.ts';

/** The part of MLflow's search language that all searches share: clauses joined by AND (mlflow/utils/search_utils.py). */

type Value = string | number;
type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE';

export interface Clause {
  readonly entity: 'attribute' | 'tag' | 'metric' | 'param';
  readonly key: string;
  readonly operator: Operator;
  readonly value: Value;
}

export type Lookup = (entity: Clause['entity'], key: string) => Value | undefined;

const entities: Readonly<Record<string, Clause['entity']>> = {
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  tag: 'tag',
  tags: 'tag',
  metric: 'metric',
  metrics: 'metric',
  param: 'param',
  params: 'param',
};

const shape = /^(?:(\w+)\.)?([\w.-]+|`[^`]+`|"[^"]+")\s*(!=|>=|<=|=|>|<|I?LIKE\b)\s*(.+)$/i;

/** @param attributes the names allowed without a prefix. @throws MlflowError for a filter that cannot be parsed. */
export const parseFilter = (filter: string, attributes: readonly string[]): readonly Clause[] =>
  filter.trim() === ''
    ? []
    : filter.split(/\s+AND\s+(?=(?:[^']*'[^']*')*[^']*$)/i).map((part) => parseClause(part.trim(), attributes));

const parseClause = (text: string, attributes: readonly string[]): Clause => {
  const match = shape.exec(text);
  if (match === null) throw invalid(`Invalid clause(s) in filter string: ${text}`);
  const [, prefix, name = '', operator = '', given = ''] = match;
  const entity = entities[prefix?.toLowerCase() ?? 'attribute'];
  if (entity === undefined) throw invalid(`Invalid entity type '${prefix}'. Valid values are ['tag', 'attribute']`);
  const key = name.replace(/^[`"]|[`"]$/g, '');
  if (entity === 'attribute' && !attributes.includes(key)) {
    throw invalid(
      `Invalid attribute key '${key}' specified. Valid keys are '{${attributes.map((each) => repr(each)).join(', ')}}'`,
    );
  }
  return { entity, key, operator: operator.toUpperCase() as Operator, value: literal(given.trim()) };
};

const literal = (text: string): Value => {
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted !== null) return quoted[2] ?? '';
  if (text !== '' && Number.isFinite(Number(text))) return Number(text);
  throw invalid(
    `Parameter value is either not quoted or unidentified quote types used for string value ${text}. Use either single or double quotes.`,
  );
};

const like = (pattern: string, flags: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    `s${flags}`,
  );

const compare: Record<Operator, (left: Value, right: Value) => boolean> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  LIKE: (left, right) => like(String(right), '').test(String(left)),
  ILIKE: (left, right) => like(String(right), 'i').test(String(left)),
};

export const matches = (clauses: readonly Clause[], lookup: Lookup): boolean =>
  clauses.every(({ entity, key, operator, value }) => {
    const found = lookup(entity, key);
    return found !== undefined && compare[operator](found, value);
  });

/** Compares by one column after the other. */
export const by =
  <T>(...columns: readonly (readonly [column: (row: T) => Value, descending?: 'DESC'])[]) =>
  (left: T, right: T): number => {
    for (const [column, descending] of columns) {
      const [a, b] = [column(left), column(right)];
      if (a !== b) return a < b === (descending === undefined) ? -1 : 1;
    }
    return 0;
  };

interface Page<T> {
  readonly page: readonly T[];
  /** The token of the next page, if there is one. */
  readonly next: JsonObject;
}

/** The content of a search's tokens beside the offset, and the check of tokens that it receives. */
interface TokenContent {
  readonly content: JsonObject;
  /** @throws MlflowError for another search's token. */
  readonly check: (found: JsonObject) => void;
}

const anyToken: TokenContent = { content: {}, check: () => {} };

export const pageFrom = <T>(
  rows: readonly T[],
  max: number,
  token: string,
  { content, check }: TokenContent,
): Page<T> => {
  const found = token === '' ? null : readToken(token);
  if (found !== null) check(found);
  const start = Number(found?.['offset'] ?? 0);
  const end = start + max;
  return { page: rows.slice(start, end), next: rows.length > end ? nextPage(end, content) : {} };
};

export const paged = <T>(rows: readonly T[], max: number, token: string): Page<T> =>
  pageFrom(rows, max, token, anyToken);

/** Paging of runs is simpler: every full page has a next one, which may be empty. */
export const pagedRuns = <T>(rows: readonly T[], max: number, token: string): Page<T> => {
  const start = token === '' ? 0 : Number(readToken(token)['offset']);
  const page = rows.slice(start, start + max);
  return { page, next: page.length === max ? nextPage(start + max, {}) : {} };
};

const nextPage = (offset: number, content: JsonObject): JsonObject => ({
  next_page_token: Buffer.from(dumps({ ...content, offset })).toString('base64'),
});

const readToken = (token: string): JsonObject => {
  const parsed = parseJson(Buffer.from(token, 'base64').toString());
  if (isObject(parsed)) return parsed;
  throw invalid('Invalid page token, could not base64-decode');
};
