import type { BodyExpectation, HttpExpectation, HttpTarget, StatusPattern } from '../model/target.ts';
import { type ConfigErrorAt, finding, type Path } from './config-errors.ts';
import type { Expectation } from './schema/expectation.ts';

/** The expectation of a target that sets none. */
export const plainExpectation: HttpExpectation = { status: [200], body: { kind: 'present' } };

const asList = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

const classOf = (status: StatusPattern): number =>
  typeof status === 'number' ? Math.floor(status / 100) : Number(status[0]);

/** RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4: these come without a body, or with one that means nothing. */
const hasNoBody = (status: StatusPattern): boolean =>
  status === 204 || status === 205 || classOf(status) === 1 || classOf(status) === 3;

/**
 * Merges the configured expectation into the previous one. A status of another class drops what belonged to the old
 * one: an error, a success and a redirect have different bodies.
 */
export const expectationOf = (
  before: HttpExpectation,
  said: Expectation,
  method: HttpTarget['method'],
): HttpExpectation => {
  const status = said.status === undefined ? before.status : asList(said.status);
  const { alsoHealthy, redirectToHttps, guards, ...rest } = before;
  const known = new Set(before.status.map(classOf));
  const isAlike = status.every((each) => known.has(classOf(each)));
  // A success that is expected without a key means that the route is not guarded.
  const isGuarded = guards !== undefined && !status.some((each) => classOf(each) === 2);
  return {
    ...rest,
    ...(alsoHealthy !== undefined && said.status === undefined ? { alsoHealthy } : {}),
    ...(redirectToHttps !== undefined && isAlike ? { redirectToHttps } : {}),
    ...(isGuarded ? { guards } : {}),
    status,
    body: saidBody(said) ?? unsaidBody(isAlike ? before.body : plainExpectation.body, status, method),
    ...(said.answeredBy === undefined ? {} : { answeredBy: asList(said.answeredBy) }),
    ...(typeof said.version === 'string' ? { version: said.version } : {}),
  };
};

const unsaidBody = (
  body: BodyExpectation,
  status: readonly StatusPattern[],
  method: HttpTarget['method'],
): BodyExpectation =>
  method === 'HEAD' || (body.kind === 'present' && status.some(hasNoBody)) ? { kind: 'any' } : body;

const saidBody = ({ contains, equals, json, health, list, version }: Expectation): BodyExpectation | null => {
  if (contains !== undefined) return { kind: 'contains', text: contains };
  if (equals !== undefined) return { kind: 'equals', text: equals };
  if (list !== undefined) return { kind: 'list', of: list };
  if (health !== undefined) return { kind: 'health' };
  if (json !== undefined) return { kind: 'json' };
  return version === true ? { kind: 'version' } : null;
};

const bodyKeys = ['contains', 'equals', 'json', 'health', 'list'] as const;

/** Expectations that exclude each other, or that this request cannot meet. */
export const expectationErrors = (
  { method, expect }: HttpTarget,
  said: Expectation,
  path: Path,
): readonly ConfigErrorAt[] => {
  const bodies = bodyKeys.filter((key) => said[key] !== undefined);
  // A fixed version can go with any body that names one; `version: true` sets the kind of body.
  const keys = said.version === true ? [...bodies, 'version'] : bodies;
  const first = keys[0] ?? (said.version === undefined ? undefined : 'version');
  const to = method === 'HEAD' ? 'method' : expect.status.every(hasNoBody) ? 'status' : null;
  return [
    ...(keys.length > 1 ? [finding(path, { code: 'several-bodies', keys }, 'key')] : []),
    ...(first !== undefined && to !== null
      ? [finding([...path, first], { code: 'body-not-returned', to }, 'key')]
      : []),
  ];
};
