import type { BodyExpectation, HttpExpectation, HttpTarget, StatusPattern } from '../platform/target.ts';
import { type Fault, type Finding, finding, type Path } from './fault.ts';
import type { Expectation } from './schema/target.ts';

/** What an answer has to be when nothing is said about it. */
export const plainExpectation: HttpExpectation = { status: [200], body: { kind: 'present' } };

const asList = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

const classOf = (status: StatusPattern): number =>
  typeof status === 'number' ? Math.floor(status / 100) : Number(status[0]);

/** RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4: these come without a body, or with one that means nothing. */
const hasNoBody = (status: StatusPattern): boolean =>
  status === 204 || status === 205 || classOf(status) === 1 || classOf(status) === 3;

/**
 * What the configuration says about a healthy answer, put over what was expected before. A status of another class
 * takes with it what was said of the old one: the body of an error is not that of a success, nor of a redirect.
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
  // Whoever expects a success without a key says that there is nothing to guard.
  const isGuarded = guards !== undefined && !status.some((each) => classOf(each) === 2);
  return {
    ...rest,
    ...(alsoHealthy !== undefined && said.status === undefined ? { alsoHealthy } : {}),
    ...(redirectToHttps !== undefined && isAlike ? { redirectToHttps } : {}),
    ...(isGuarded ? { guards } : {}),
    status,
    body: saidBody(said) ?? unsaidBody(isAlike ? before.body : plainExpectation.body, status, method),
    ...(said.answeredBy === undefined ? {} : { answeredBy: asList(said.answeredBy) }),
    ...(said.version === undefined ? {} : { version: said.version }),
  };
};

const unsaidBody = (
  body: BodyExpectation,
  status: readonly StatusPattern[],
  method: HttpTarget['method'],
): BodyExpectation =>
  method === 'HEAD' || (body.kind === 'present' && status.some(hasNoBody)) ? { kind: 'any' } : body;

const saidBody = ({ contains, equals, json }: Expectation): BodyExpectation | null => {
  if (contains !== undefined) return { kind: 'contains', text: contains };
  if (equals !== undefined) return { kind: 'equals', text: equals };
  return json === undefined ? null : { kind: 'json' };
};

/** What cannot be expected together, or of this method. */
export const expectationFindings = (
  said: Expectation,
  method: HttpTarget['method'],
  path: Path,
): readonly Finding[] => {
  const keys = (['contains', 'equals', 'json'] as const).filter((key) => said[key] !== undefined);
  const [first] = keys;
  const faults: readonly Fault[] = [
    ...(keys.length > 1 ? [{ code: 'several-bodies', keys } as const] : []),
    ...(method === 'HEAD' && (first !== undefined || said.version !== undefined)
      ? [{ code: 'body-not-returned' } as const]
      : []),
  ];
  return faults.map((fault) =>
    finding(fault.code === 'body-not-returned' ? [...path, first ?? 'version'] : path, fault, 'key'),
  );
};
