import { type ConfigErrorAt, finding, kindOf, type Path } from './config-errors.ts';
import { nearest } from './nearest.ts';

/** The parts of a valibot schema that define the keys of a mapping. */
export interface SchemaNode {
  readonly type: string;
  readonly wrapped?: SchemaNode;
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  readonly rest?: SchemaNode;
  /** Of a variant: its discriminator. */
  readonly key?: string;
  readonly options?: readonly SchemaNode[];
  readonly literal?: unknown;
}

/** Deeper than any real configuration. */
const depthLimit = 16;

/** Names that every object has, and that valibot silently ignores. */
const inheritedNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> => kindOf(value) === 'mapping';

/**
 * Reports every unknown key, and every list in place of a mapping: valibot stops at the first unknown key of an
 * object, and accepts a list as an object.
 */
export const checkStructure = (root: SchemaNode, document: unknown): readonly ConfigErrorAt[] => {
  const findings: ConfigErrorAt[] = [];
  const visit = (schema: SchemaNode, value: unknown, path: Path): void => {
    const whole = schema.wrapped ?? schema;
    if (whole.entries === undefined && whole.type !== 'record' && whole.type !== 'variant') return;
    if (!isMapping(value)) {
      findings.push(finding(path, { code: 'wrong-type', expected: 'mapping', found: kindOf(value) }));
      return;
    }
    const node = whole.type === 'variant' ? optionFor(whole, value) : whole;
    // Its keys are unknown: valibot reports the invalid kind.
    if (node === undefined) return;
    for (const [name, inner] of Object.entries(value)) {
      const known = inheritedNames.has(name) ? undefined : (ownEntry(node, name) ?? node.rest);
      const here = [...path, name];
      if (known !== undefined) visit(known, inner, here);
      else if (node.type !== 'record' || inheritedNames.has(name))
        findings.push(finding(here, unknownKey(root, node, path, name), 'key'));
    }
  };
  visit(root, document, []);
  return findings;
};

/** The first place that is nested too deeply; null: none. */
export const tooDeep = (document: unknown): ConfigErrorAt | null => {
  let level: readonly { readonly value: unknown; readonly path: Path }[] = [{ value: document, path: [] }];
  for (let depth = 0; depth <= depthLimit; depth++) {
    const below = level.flatMap(({ value, path }) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([name, inner]) => ({ value: inner, path: [...path, keyOf(value, name)] }))
        : [],
    );
    if (below.length === 0) return null;
    level = below;
  }
  const first = level.find(({ value }) => typeof value === 'object' && value !== null);
  return first === undefined ? null : finding(first.path, { code: 'too-deep', limit: depthLimit });
};

/** The option of a variant that the discriminator selects, or the default option. */
const optionFor = (
  { key = '', options = [] }: SchemaNode,
  value: Readonly<Record<string, unknown>>,
): SchemaNode | undefined =>
  options.find(({ entries }) => {
    const word = entries?.[key];
    return Object.hasOwn(value, key) ? literalOf(word) === value[key] : word?.type === 'exact_optional';
  });

const literalOf = (word: SchemaNode | undefined): unknown => (word?.wrapped ?? word)?.literal;

const keyOf = (parent: object, name: string): string | number => (Array.isArray(parent) ? Number(name) : name);

const ownEntry = (node: SchemaNode, name: string): SchemaNode | undefined =>
  node.entries !== undefined && Object.hasOwn(node.entries, name) ? node.entries[name] : undefined;

const unknownKey = (root: SchemaNode, node: SchemaNode, path: Path, name: string): ConfigErrorAt['fault'] => {
  if (inheritedNames.has(name) && (node.rest !== undefined || node.type === 'record'))
    return { code: 'inherited-name' };
  const belongs = inheritedNames.has(name) ? null : homeOf(root, node, path, name);
  if (belongs !== null) return { code: 'misplaced-key', belongs };
  const known = Object.keys(node.entries ?? {});
  return { code: 'unknown-key', nearest: nearest(name, known), known };
};

/** The right place of a key with this name: one level below, at the top, or in another section. */
const homeOf = (root: SchemaNode, node: SchemaNode, path: Path, name: string): string | null => {
  const below = sectionWith(node, name);
  if (below !== null) return [...path, below, name].join('.');
  if (ownEntry(root, name) !== undefined) return name;
  const section = sectionWith(root, name);
  return section === null ? null : `${section}.${name}`;
};

const sectionWith = (node: SchemaNode, name: string): string | null => {
  for (const [section, entry] of Object.entries(node.entries ?? {}))
    if (ownEntry(entry.wrapped ?? entry, name) !== undefined) return section;
  return null;
};
