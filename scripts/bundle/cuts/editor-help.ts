import type { Plugin } from 'esbuild';
import { type CallExpression, parseSync, type Span, Visitor, type VisitorObject } from 'oxc-parser';
import { cutting } from '../cut.ts';

/** Calls whose argument at this index is text that no function shows. */
const helpOf: Readonly<Record<string, number>> = { key: 1, described: 1, description: 0, range: 2, mode: 1 };

const calleeOf = ({ callee }: CallExpression): string => {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
};

type Collect = (text: Span) => void;

/** A source in which the texts that the visitor collects are empty. */
const without =
  (visitor: (collect: Collect) => VisitorObject) =>
  (source: string): string => {
    const found: Span[] = [];
    new Visitor(visitor((text) => found.push(text))).visit(parseSync('source.ts', source).program);
    return found
      .toSorted((a, b) => b.start - a.start)
      .reduce((rest, { start, end }) => `${rest.slice(0, start)}''${rest.slice(end)}`, source);
  };

const withoutHelp = without((collect) => ({
  CallExpression(call) {
    const help = call.arguments[helpOf[calleeOf(call)] ?? Number.POSITIVE_INFINITY];
    if (help?.type === 'Literal' || help?.type === 'TemplateLiteral') collect(help);
  },
}));

const withoutTitles = without((collect) => ({
  Property({ key, value }) {
    if (key.type === 'Identifier' && key.name === 'title' && value.type === 'Literal') collect(value);
  },
}));

/** The meanings of failure modes (2 KB), which only `explain` and `validate` show. */
export const failureMeanings: Plugin = cutting('the meanings of failure modes', [
  { files: /src\/model\/connection-failures\.ts$/, replace: withoutHelp },
  { files: /src\/model\/response-failures\.ts$/, replace: withoutHelp },
]);

/**
 * Descriptions of configuration keys and default targets (8 KB). They go into schema/synthetics.schema.json, and only
 * editors read them.
 */
export const editorHelp: Plugin = cutting('the help for editors', [
  { files: /src\/config\/schema\/[a-z-]+\.ts$/, replace: withoutHelp },
  { files: /src\/config\/limit-ranges\.ts$/, replace: withoutHelp },
  { files: /src\/platform\/targets\.ts$/, replace: withoutTitles },
]);
