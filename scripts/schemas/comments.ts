import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { type Expression, parseSync, type VariableDeclaration, Visitor } from 'oxc-parser';

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Adds a description to a schema, and returns anything else as it is. It comes before what a pipe does, because the JSON
 * Schema of an input ends at the first transformation.
 */
const helper = `
import { description as descriptionOf, pipe as pipeOf } from 'valibot';
const withComment = (value, text) => {
  if (value.kind !== 'schema') return value;
  if (value.pipe === undefined) return pipeOf(value, descriptionOf(text));
  const [root, ...actions] = value.pipe;
  return pipeOf(withComment(root, text), ...actions.filter(({ type }) => type !== 'description'));
};
`;

/** The text of a comment, on one line. */
const wordsOf = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*+ ?/, '').trim())
    .join(' ')
    .trim();

/** A schema's source in which the comment above a field or a schema is its description too. */
const withDescriptions = (source: string): string => {
  const { program, comments } = parseSync('schema.ts', source);
  const docs = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
  const above = (start: number): string | null => {
    const doc = docs.find(({ end }) => end <= start && source.slice(end, start).trim() === '');
    return doc === undefined ? null : JSON.stringify(wordsOf(doc.value));
  };
  const insertions: Insertion[] = [];
  const wrap = ({ start, end }: Pick<Expression, 'start' | 'end'>, words: string, name = ''): void => {
    insertions.push({ at: start, text: `${name}withComment(` }, { at: end, text: `, ${words})` });
  };
  const wrapConstant = ({ declarations: [first] }: VariableDeclaration, start: number): void => {
    const words = above(start);
    if (words !== null && first?.init?.type === 'CallExpression') wrap(first.init, words);
  };
  new Visitor({
    Property({ start, shorthand, value }) {
      const words = above(start);
      if (words !== null) wrap(value, words, shorthand ? `${source.slice(value.start, value.end)}: ` : '');
    },
    VariableDeclaration: (declaration) => wrapConstant(declaration, declaration.start),
    ExportNamedDeclaration({ start, declaration }) {
      if (declaration?.type === 'VariableDeclaration') wrapConstant(declaration, start);
    },
  }).visit(program);
  return `${helper}${insertions
    .toSorted((a, b) => b.at - a.at)
    .reduce((rest, { at, text }) => `${rest.slice(0, at)}${text}${rest.slice(at)}`, source)}`;
};

/** Gives the schemas below src/model/ the descriptions that their comments hold. */
export const commentsAsDescriptions: Plugin = {
  name: 'comments as descriptions',
  setup: ({ onLoad }) => {
    onLoad(
      { filter: /src\/(?:model\/[a-z]+-schema\/[a-z-]+|incidents\/(?:list-schema|state-shape))\.ts$/ },
      async ({ path }) => ({
        contents: withDescriptions(await readFile(path, 'utf8')),
        loader: 'ts',
      }),
    );
  },
};
