import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { type ConfigErrorAt, finding, kindOf, type Path, type Position } from './config-errors.ts';
import { syntaxDetail, unresolvedAlias } from './yaml-syntax.ts';

/** Imported only for texts that are not plain JSON, or to locate an error, because yaml is large. */

export interface YamlDocument {
  /** Undefined: broken syntax. An empty document is null. */
  readonly value: unknown;
  readonly findings: readonly ConfigErrorAt[];
  /** The position of a path, or of its deepest existing part; null: none. */
  readonly locate: (path: Path, part: ConfigErrorAt['part']) => Position | null;
}

/** Aliases in the text, and the copies that nested aliases multiply to. */
const aliasLimit = 100;

/** One mistake causes more errors after it: only the first ones help. */
const syntaxLimit = 5;

export const readYaml = (text: string): YamlDocument => {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    // Tags of YAML 1.1, such as !!timestamp and !!set, have no use in a configuration.
    resolveKnownTags: false,
    stringKeys: true,
    // yaml's own check is quadratic; duplicates() below is linear.
    uniqueKeys: false,
    prettyErrors: false,
    // With `silent`, several documents would not be an error.
    logLevel: 'error',
    lineCounter: lines,
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const locate: YamlDocument['locate'] = (path, part) => locateIn(document, path, part, at);
  // An unknown tag is only a warning, and yaml then reads its value as another type.
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) return { value: undefined, findings: syntaxErrors(errors, at), locate };
  const excess: ConfigErrorAt = finding([], { code: 'too-many-aliases', limit: aliasLimit });
  const aliases = aliasesOf(document);
  if (aliases.length > aliasLimit) return { value: undefined, findings: [excess], locate };
  const dangling = unresolved(document, aliases, at);
  if (dangling.length > 0) return { value: undefined, findings: dangling, locate };
  if (isScalar(document.contents) && !isEmpty(document.contents) && document.contents.value === null)
    return { value: undefined, findings: [finding([], { code: 'not-a-configuration', found: 'nothing' })], locate };
  try {
    return { value: document.toJS({ maxAliasCount: aliasLimit }), findings: duplicates(document, at), locate };
  } catch {
    // Multiplying and recursive aliases show only here.
    return { value: undefined, findings: [excess], locate };
  }
};

const syntaxErrors = (errors: readonly YAMLError[], at: (offset: number) => Position): readonly ConfigErrorAt[] => {
  const found = new Map<number, ConfigErrorAt>();
  for (const error of errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const position = at(error.pos[0]);
    const fault = error.code === 'MULTIPLE_DOCS' ? ({ code: 'several-documents' } as const) : syntaxDetail(error);
    if (!found.has(position.line)) found.set(position.line, { ...finding([], fault), position });
    if (found.size === syntaxLimit) break;
  }
  return [...found.values()];
};

const aliasesOf = (document: Document): readonly Alias[] => {
  const aliases: Alias[] = [];
  visit(document, {
    Alias: (_, alias) => {
      aliases.push(alias);
    },
  });
  return aliases;
};

/** yaml resolves aliases only when it builds the value. */
const unresolved = (
  document: Document,
  aliases: readonly Alias[],
  at: (offset: number) => Position,
): readonly ConfigErrorAt[] =>
  aliases
    .filter((alias) => alias.resolve(document) === undefined)
    .map((alias) => ({ ...finding([], unresolvedAlias), position: at(alias.range?.[0] ?? 0) }));

const duplicates = (document: Document, at: (offset: number) => Position): readonly ConfigErrorAt[] => {
  const findings: ConfigErrorAt[] = [];
  const look = (node: unknown, path: Path): void => {
    if (isSeq(node)) for (const [index, item] of node.items.entries()) look(item, [...path, index]);
    if (!isMap(node)) return;
    const first = new Map<string, number | null>();
    for (const { key, value } of node.items) {
      const name = nameOf(key);
      const here = [...path, name];
      const offset = offsetOf(key);
      const position = offset === null ? null : at(offset);
      if (first.has(name))
        findings.push({
          ...finding(here, { code: 'duplicate-key', firstLine: first.get(name) ?? null }, 'key'),
          position,
        });
      else first.set(name, position?.line ?? null);
      look(value, here);
    }
  };
  look(document.contents, []);
  return findings;
};

const nameOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

const offsetOf = (node: unknown): number | null =>
  isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? (node.range?.[0] ?? null) : null;

const locateIn = (
  document: Document,
  path: Path,
  part: ConfigErrorAt['part'],
  at: (offset: number) => Position,
): Position | null => {
  let node: unknown = document.contents;
  let offset = offsetOf(node);
  for (const [index, step] of path.entries()) {
    const whole: unknown = isAlias(node) ? node.resolve(document) : node;
    const next = isMap(whole) ? whole.items.findLast(({ key }) => nameOf(key) === step) : itemOf(whole, step);
    if (next === undefined) break;
    const isPair = isMap(whole);
    const key: unknown = isPair ? (next as Pair).key : next;
    const value: unknown = isPair ? (next as Pair).value : next;
    const last = index === path.length - 1;
    const shown = last && part === 'key' ? key : value;
    // An empty value has no position.
    offset = offsetOf(isEmpty(shown) ? key : shown) ?? offsetOf(key) ?? offset;
    node = value;
  }
  return offset === null ? null : at(offset);
};

const itemOf = (node: unknown, step: string | number): Node | undefined =>
  isSeq(node) && typeof step === 'number' ? (node.items[step] as Node | undefined) : undefined;

const isEmpty = (node: unknown): boolean =>
  isScalar(node) && kindOf(node.value) === 'nothing' && (node.source ?? '') === '';
