import type { Redactor } from '../redact.ts';

/** The same JSON-like value with every text in it redacted, names too. Cycles are no JSON, and are not looked for. */
export const redactDeep = <T>(value: T, redact: Redactor): T => visit(value, redact) as T;

const visit = (value: unknown, redact: Redactor): unknown => {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => visit(each, redact));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [redact(name), visit(inner, redact)]));
};
