import type { Plugin } from 'esbuild';
import { type CallExpression, parseSync, Visitor } from 'oxc-parser';
import { cutting } from '../cut.ts';

/** Calls whose argument at this place is help for editors. */
const helpOf: Readonly<Record<string, number>> = { key: 1, description: 0, range: 2, probe: 3 };

const calleeOf = ({ callee }: CallExpression): string => {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
};

/** The source of a schema with nothing in place of its help. */
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

/** What the keys of a configuration mean, and what the default targets ask (8 KB): it goes into schema/synthetics.schema.json, and is read by editors alone. */
export const editorHelp: Plugin = cutting('the help for editors', [
  { files: /src\/config\/schema\/[a-z-]+\.ts$/, replace: withoutHelp },
  { files: /src\/config\/limit-ranges\.ts$/, replace: withoutHelp },
  { files: /src\/platform\/targets\.ts$/, replace: withoutHelp },
]);
