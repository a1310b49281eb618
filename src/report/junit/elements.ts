import { type Markup, markup } from '../markup.ts';

interface Named {
  readonly classname: string;
  readonly name: string;
  readonly ms: number;
}

export type TestCase = Named &
  (
    | { readonly kind: 'passed'; readonly output: string }
    | { readonly kind: 'skipped'; readonly message: string }
    | { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string }
  );

export interface Property {
  readonly name: string;
  readonly value: string;
}

export interface TestSuite {
  readonly name: string;
  readonly cases: readonly TestCase[];
  readonly properties: readonly Property[];
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

export const suiteOf = (name: string, cases: readonly TestCase[], properties: readonly Property[]): TestSuite => {
  const count = (kind: TestCase['kind']): number => cases.filter((one) => one.kind === kind).length;
  return {
    name,
    cases,
    properties,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
};

/** A suite as Jenkins's schema defines it. Its time is the sum of its cases, as JUnit's runners report it. */
export const element = (suite: TestSuite, timestamp: string): Markup => {
  const { name, cases, properties, tests, failures, errors, skipped } = suite;
  const ms = cases.reduce((sum, one) => sum + finite(one.ms), 0);
  return markup`
  <testsuite name="${name}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(ms)}" timestamp="${timestamp}">${propertiesElement(properties)}${cases.map(caseElement)}
  </testsuite>`;
};

const propertiesElement = (properties: readonly Property[]): Markup | null =>
  properties.length === 0
    ? null
    : markup`
    <properties>${properties.map(
      ({ name, value }) => markup`
      <property name="${name}" value="${value}"/>`,
    )}
    </properties>`;

const caseElement = (one: TestCase): Markup => {
  const inside = content(one);
  const start = markup`
    <testcase classname="${one.classname}" name="${one.name}" time="${seconds(finite(one.ms))}"`;
  return inside === null ? markup`${start}/>` : markup`${start}>${inside}</testcase>`;
};

const content = (one: TestCase): Markup | null => {
  switch (one.kind) {
    case 'passed':
      return one.output === '' ? null : markup`<system-out>${one.output}</system-out>`;
    case 'skipped':
      // Text, not an attribute: Jenkins's published schema has none here, and its reader uses the text.
      return markup`<skipped>${one.message}</skipped>`;
    case 'failure':
      return markup`<failure type="${one.type}" message="${one.message}">${one.text}</failure>`;
    case 'error':
      return markup`<error type="${one.type}" message="${one.message}">${one.text}</error>`;
  }
};

const finite = (ms: number): number => (Number.isFinite(ms) && ms > 0 ? ms : 0);

/** Longer than any test, and no JUnit number has an exponent. */
const mostSeconds = 31_536_000;

export const seconds = (ms: number): string => Math.min(finite(ms) / 1_000, mostSeconds).toFixed(3);
