import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

const modules = join(dirname(createRequire(import.meta.url).resolve('yaml/package.json')), 'browser', 'dist');

/** Uses the ECMAScript modules, which allow unused parts to be dropped. The build for Node is a single piece. */
export const yamlModules: Plugin = {
  name: 'cut yaml’s CommonJS',
  setup(build) {
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: join(modules, 'index.js'), sideEffects: false }));
  },
};

const stringify = join(modules, 'stringify', 'stringify.js');

/** All of them are one function. */
const unused = (...names: readonly string[]): string =>
  names.map((name) => `export { stringify as ${name} } from ${JSON.stringify(stringify)};`).join('\n');

/**
 * Values of YAML 1.1 and its JSON schema (10 KB). Configurations are read with the core schema only
 * (config/yaml-document.ts).
 */
export const yamlTags: Plugin = cutting('yaml’s other schemas', [
  {
    files: /yaml\/browser\/dist\/schema\/tags\.js$/,
    replace: () => `
      import { schema } from './core/schema.js';
      export const coreKnownTags = {};
      export const getTags = (custom, name) => {
        if (custom || name !== 'core') throw new Error('only the core schema is in this bundle');
        return schema.slice();
      };`,
  },
]);

/** A class without these methods. */
const without =
  (...methods: readonly string[]) =>
  (text: string): string =>
    text.replace(new RegExp(`^    (?:${methods.join('|')})\\([^]*?^    }\\n`, 'gm'), '');

/** The function reads its configuration and never writes or changes one (19 KB). */
export const yamlWriter: Plugin = cutting('yaml’s writer', [
  {
    files: /yaml\/browser\/dist\/stringify\/stringify\.js$/,
    replace: () => `
      export const stringify = () => { throw new Error('writing YAML is not in this bundle') };
      export { stringify as createStringifyContext };`,
  },
  {
    files: /yaml\/browser\/dist\/stringify\/stringifyCollection\.js$/,
    replace: () => unused('stringifyCollection'),
  },
  {
    files: /yaml\/browser\/dist\/stringify\/stringifyDocument\.js$/,
    replace: () => unused('stringifyDocument'),
  },
  { files: /yaml\/browser\/dist\/doc\/directives\.js$/, replace: without('tagString', 'toString') },
  {
    files: /yaml\/browser\/dist\/doc\/Document\.js$/,
    replace: without(
      ...['clone', 'add', 'addIn', 'createAlias', 'createPair', 'delete', 'deleteIn'],
      ...['get', 'has', 'hasIn', 'set', 'setIn', 'toString'],
    ),
  },
  { files: /yaml\/browser\/dist\/nodes\/Alias\.js$/, replace: without('toString') },
  {
    files: /yaml\/browser\/dist\/nodes\/(?:YAMLMap|YAMLSeq)\.js$/,
    replace: without('delete', 'has', 'set', 'toString'),
  },
  {
    files: /yaml\/browser\/dist\/nodes\/Collection\.js$/,
    replace: without('clone', 'addIn', 'deleteIn', 'hasIn', 'setIn'),
  },
  { files: /yaml\/browser\/dist\/stringify\/stringifyPair\.js$/, replace: () => unused('stringifyPair') },
  { files: /yaml\/browser\/dist\/stringify\/stringifyString\.js$/, replace: () => unused('stringifyString') },
  // Nodes and anchors for writing values.
  { files: /yaml\/browser\/dist\/doc\/createNode\.js$/, replace: () => unused('createNode') },
  {
    files: /yaml\/browser\/dist\/doc\/anchors\.js$/,
    replace: () => unused('anchorIsValid', 'anchorNames', 'createNodeAnchors', 'findNewAnchor'),
  },
]);
