import { invalid } from './errors.ts';
import type { Request } from './http.ts';
import { dumps, isObject, type Json, type JsonObject, parseJson, pythonType } from './json.ts';
import type { KeyValue } from './tables.ts';

/** How MLflow reads and checks request parameters (mlflow/server/handlers.py, `_get_request_message`). */

export interface Parameter {
  readonly name: string;
  /** `enum`: a number or a name, not checked. */
  readonly kind: 'string' | 'int' | 'array' | 'enum';
  readonly required?: boolean;
  readonly max?: number;
}

export interface Parameters {
  /** Empty when absent, as in protobuf. */
  text(name: string): string;
  /** @returns null when absent. */
  int(name: string): number | null;
  list(name: string): readonly Json[];
  pairs(name: string): readonly KeyValue[];
  /** The body's object as received. */
  readonly raw: JsonObject;
}

const hint = ' See the API docs for more information about request parameters.';

const fits: Record<Parameter['kind'], (value: Json) => boolean> = {
  string: (value) => typeof value === 'string',
  int: (value) =>
    (typeof value === 'number' && Number.isInteger(value)) || (typeof value === 'string' && /^-?\d+$/.test(value)),
  array: (value) => Array.isArray(value),
  enum: () => true,
};

const fromQuery = (query: URLSearchParams, parameters: readonly Parameter[]): JsonObject =>
  Object.fromEntries(
    parameters
      .filter(({ name }) => query.has(name))
      .map(({ name, kind }) => [name, kind === 'array' ? query.getAll(name) : query.get(name)]),
  );

/** Only POST and PUT must declare their content type. A body that is not JSON counts as none. */
const fromBody = ({ method, headers, body }: Request): JsonObject => {
  if (method === 'POST' || method === 'PUT') {
    const type = headers['content-type'];
    if (type === undefined) throw invalid('Bad Request. Content-Type header is missing.');
    if (type.split(';')[0] !== 'application/json') {
      throw invalid("Bad Request. Content-Type must be one of ['application/json'].");
    }
  }
  let value = parseJson(body.toString());
  // Old clients encode twice.
  if (typeof value === 'string') value = parseJson(value);
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new TypeError('a list has no parameters');
  return value;
};

/** @throws MlflowError for the first parameter, in the given order, that is missing or has the wrong type. */
export const readParameters = (request: Request, parameters: readonly Parameter[]): Parameters => {
  const fromUrl = request.method === 'GET' && request.query.size > 0;
  const raw = fromUrl ? fromQuery(request.query, parameters) : fromBody(request);
  const value = (name: string): Json => raw[name] ?? null;
  // Types are checked only if the message as a whole does not fit them.
  const parsed = parameters.every(({ name, kind }) => value(name) === null || fits[kind](value(name)));

  for (const { name, kind, required = false, max } of parameters) {
    const given = value(name);
    const wrong = invalid(
      `Invalid value ${dumps(given)} for parameter '${name}' supplied:  Hint: Value was of type '${pythonType(given)}'.${hint}`,
    );
    if (!parsed && given !== null && !fits[kind](given)) throw wrong;
    if (required && (given === null || given === '')) {
      throw invalid(`Missing value for required parameter '${name}'.${hint}`);
    }
    if (max !== undefined && given !== null && Number(given) > max) throw wrong;
  }

  const list = (name: string): readonly Json[] => {
    const given = value(name);
    return Array.isArray(given) ? given : [];
  };
  return {
    raw,
    list,
    text: (name) => (typeof raw[name] === 'string' ? raw[name] : ''),
    int: (name) => (value(name) === null ? null : Number(value(name))),
    pairs: (name) =>
      list(name)
        .filter(isObject)
        .map((pair) => ({ key: String(pair['key'] ?? ''), value: String(pair['value'] ?? '') })),
  };
};
