export type JsonObject = Readonly<Record<string, unknown>>;

/** Bounds on JSON from outside. Within them it is safe to walk or serialise a value recursively. */
export const jsonLimits = {
  /** Nested arrays and objects. Responses from MLflow and FastAPI stay below ten. */
  depth: 64,
  /** The maximum that `limits.bodyBytes` accepts. */
  characters: 16 * 1024 * 1024,
} as const;

/** A body, parsed as JSON. */
export type Json =
  | { readonly kind: 'value'; readonly value: unknown }
  /** Starts like JSON but exceeds a bound. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'none' };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const none: Json = { kind: 'none' };

/** The only way from response text to a value. Linear time, and no deeper stack for nested JSON than for flat. */
export const readJson = (body: string): Json => {
  const text = body.trim();
  // The first character rules most other text out, without the cost of a thrown error.
  if (text === '' || !'{["-0123456789tfn'.includes(text.charAt(0))) return none;
  if (text.length > jsonLimits.characters) return { kind: 'refused', why: 'too long' };
  if (isDeep(text)) return { kind: 'refused', why: `nested more than ${jsonLimits.depth} levels deep` };
  const value = parsed(text) ?? parsed(withoutNaN(text));
  return value === null ? none : { kind: 'value', value: value.is };
};

const parsed = (text: string): { readonly is: unknown } | null => {
  try {
    return { is: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** Python writes and reads NaN, Infinity and -Infinity in JSON. */
const withoutNaN = (text: string): string => {
  if (!/NaN|Infinity/.test(text)) return '';
  let result = '';
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    result += text.slice(at, end).replace(/-?\b(?:NaN|Infinity)\b/g, 'null');
    at = quote === -1 ? end : endOfString(text, quote) + 1;
    result += text.slice(end, at);
  }
  return result;
};

/** The JSON object in a body; null if there is none. */
export const readObject = (body: string): JsonObject | null => objectOf(readJson(body));

export const objectOf = (json: Json): JsonObject | null =>
  json.kind === 'value' && isObject(json.value) ? json.value : null;

/** Counts brackets outside strings, without recursion. */
const isDeep = (text: string): boolean => {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > jsonLimits.depth) return true;
    } else if (character === ']' || character === '}') depth -= 1;
  }
  return false;
};

/** Index of the closing quotation mark of the string that starts at `index`, or the end of the text. */
const endOfString = (text: string, index: number): number => {
  for (let at = index + 1; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at += 1;
  }
  return text.length;
};
