import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/**
 * `{ [_e]: _c }` with `const _e = "error"` becomes `{ "error": _c }`. A computed key may have side effects, a literal
 * cannot.
 */
const withLiteralKeys = (text: string): string => {
  const names = new Map([...text.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]));
  return text.replace(/\[(_\w+)\]:/g, (computed, name) => (names.has(name) ? `${names.get(name)}:` : computed));
};

/**
 * Each AWS client describes every shape of its service and registers a class for each error: 150 KB for the parameter
 * store.
 * - With literal keys the bundler can drop the shapes that none of our operations uses.
 * - An error without its own class arrives as the service's base class with the same name and message. The code checks
 * names only. The base classes stay.
 */
export const awsSchemas: Plugin = cutting('AWS shapes and error classes', [
  {
    files: /@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/,
    replace: (text) => withLiteralKeys(text).replace(/^n0_registry\.registerError\(.*\);$/gm, ''),
  },
]);
