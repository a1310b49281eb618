export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined: not JSON (which has no undefined of its own). */
export const parseJson = (text: string): unknown => {
  const first = text.trimStart().charAt(0);
  // Most of what is not JSON is told by its first character, without the cost of a thrown error.
  if (!'{["-0123456789tfn'.includes(first) || first === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
