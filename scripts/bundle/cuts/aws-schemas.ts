import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/** `{ [_e]: _c }` with `const _e = "error"` becomes `{ "error": _c }`: a computed key could have effects, a literal cannot. */
const withLiteralKeys = (text: string): string => {
  const names = new Map([...text.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]));
  return text.replace(/\[(_\w+)\]:/g, (computed, name) => (names.has(name) ? `${names.get(name)}:` : computed));
};

/**
 * Each AWS client describes all shapes of its service, and registers a class for each error: for the parameter store 150 KB.
 * - With literal keys the bundler sees by itself that a shape that no operation of ours uses can go.
 * - An error without a class of its own arrives as the service's base class with the same name and message, and names are
 *   what is used here; the base classes stay.
 */
export const awsSchemas: Plugin = cutting('AWS shapes and error classes', [
  {
    files: /@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/,
    replace: (text) => withLiteralKeys(text).replace(/^n0_registry\.registerError\(.*\);$/gm, ''),
  },
]);
