export type JsonObject = Readonly<Record<string, unknown>>;

/** What JSON from outside may be. Within these bounds whatever walks a value or writes it out may recurse. */
export const jsonLimits = {
  /** Arrays and objects inside each other. Answers of MLflow and FastAPI have fewer than ten. */
  depth: 64,
  /** The most that `limits.bodyBytes` can be set to. */
  characters: 16 * 1024 * 1024,
} as const;

/** A body, read as JSON. */
export type Json =
  | { readonly kind: 'value'; readonly value: unknown }
  /** It begins as JSON does, and goes beyond a bound. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'none' };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const none: Json = { kind: 'none' };

/** The only way from the text of a response to a value. Takes linear time, and no more stack for deep JSON than for flat. */
export const readJson = (body: string): Json => {
  const text = body.trim();
  // Most of what is not JSON is told by its first character, without the cost of a thrown error.
  if (text === '' || !'{["-0123456789tfn'.includes(text.charAt(0))) return none;
  if (text.length > jsonLimits.characters) return { kind: 'refused', why: 'too long' };
  if (isDeep(text)) return { kind: 'refused', why: `nested more than ${jsonLimits.depth} levels deep` };
  try {
    return { kind: 'value', value: JSON.parse(text) };
  } catch {
    return none;
  }
};

/** The object in a body; null: there is none. */
export const readObject = (body: string): JsonObject | null => objectOf(readJson(body));

export const objectOf = (json: Json): JsonObject | null =>
  json.kind === 'value' && isObject(json.value) ? json.value : null;

/** Counts brackets outside of strings, without recursion. */
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

/** Where the string that begins at `index` ends: at its closing quotation mark, or with the text. */
const endOfString = (text: string, index: number): number => {
  for (let at = index + 1; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at += 1;
  }
  return text.length;
};
