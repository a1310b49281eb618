import type { Plugin } from 'esbuild';
import { type CallExpression, parseSync, Visitor } from 'oxc-parser';
import { cutting } from '../cut.ts';

/** Calls whose argument at this index is help text for editors. */
const helpOf: Readonly<Record<string, number>> = { key: 1, description: 0, range: 2, probe: 3 };

const calleeOf = ({ callee }: CallExpression): string => {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
};

/** A schema's source without its help text. */
const withoutHelp = (text: string): string => {
  const found: (readonly [start: number, end: number])[] = [];
  new Visitor({
    CallExpression(call) {
      const help = call.arguments[helpOf[calleeOf(call)] ?? Number.POSITIVE_INFINITY];
      if (help?.type === 'Literal' || help?.type === 'TemplateLiteral') found.push([help.start, help.end]);
    },
  }).visit(parseSync('schema.ts', text).program);
  return found
    .toSorted(([a], [b]) => b - a)
    .reduce((rest, [start, end]) => `${rest.slice(0, start)}''${rest.slice(end)}`, text);
};

/**
 * Descriptions of configuration keys and default targets (8 KB). They go into schema/synthetics.schema.json, and only
 * editors read them.
 */
export const editorHelp: Plugin = cutting('the help for editors', [
  { files: /src\/config\/schema\/[a-z-]+\.ts$/, replace: withoutHelp },
  { files: /src\/config\/limit-ranges\.ts$/, replace: withoutHelp },
  { files: /src\/platform\/targets\.ts$/, replace: withoutHelp },
]);
