/** As much of JSON Schema as the configuration's makes use of. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | false;
  readonly items?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** Of a document that is not there, every key counts as given. */
const all = Symbol('all');

const valueAt = (data: unknown, key: string): unknown =>
  data === all ? all : typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[key] : undefined;

/**
 * The names of a schema's keys, such as `network.caFile`; what many share is named once, by its definition: `request.url`.
 * With a document: only those that it holds.
 */
export const keysOf = (schema: JsonSchema, document: unknown = all): ReadonlySet<string> => {
  const keys = new Set<string>();
  const seen = new Set<string>();
  const visit = (node: JsonSchema, name: string, data: unknown): void => {
    for (const each of [...(node.allOf ?? []), ...(node.anyOf ?? []), ...(node.oneOf ?? [])]) visit(each, name, data);
    const definition = node.$ref?.split('/').at(-1);
    if (definition !== undefined && !(data === all && seen.has(definition))) {
      seen.add(definition);
      visit(schema.definitions?.[definition] ?? {}, definition, data);
    }
    const here = (key: string): string => (name === '' ? key : `${name}.${key}`);
    for (const [key, below] of Object.entries(node.properties ?? {})) {
      const value = valueAt(data, key);
      if (value === undefined) continue;
      keys.add(here(key));
      visit(below, here(key), value);
    }
    if (node.additionalProperties) {
      const known = Object.keys(node.properties ?? {});
      const others =
        data === all
          ? [all]
          : Object.entries(data ?? {}).flatMap(([key, value]) => (known.includes(key) ? [] : [value]));
      for (const value of others) {
        keys.add(here('*'));
        visit(node.additionalProperties, here('*'), value);
      }
    }
    if (node.items)
      for (const value of data === all ? [all] : Array.isArray(data) ? data : []) visit(node.items, name, value);
  };
  visit(schema, '', document);
  return keys;
};

export type Path = readonly (string | number)[];

/** Where a document holds something that is no mapping and no list of such. */
export const leavesOf = (value: unknown, path: Path = []): readonly Path[] => {
  if (Array.isArray(value) && value.some((each) => typeof each === 'object'))
    return value.flatMap((each, index) => leavesOf(each, [...path, index]));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, key]));
};

/** The document with another value there. */
export const withValue = (document: unknown, [step, ...rest]: Path, value: unknown): unknown => {
  if (step === undefined) return value;
  if (Array.isArray(document))
    return document.map((each, index) => (index === step ? withValue(each, rest, value) : each));
  const mapping = document as Readonly<Record<string, unknown>>;
  return { ...mapping, [step]: withValue(mapping[step], rest, value) };
};

/** As problems show it. */
export const shownPath = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
