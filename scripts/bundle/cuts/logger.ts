import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/**
 * The logger draws random numbers only to sample debug lines, so node:crypto, a quarter of the entry's load time, is
 * loaded then.
 */
export const logger: Plugin = cutting('node:crypto of the logger', [
  {
    files: /@aws-lambda-powertools\/logger\/lib\/esm\/Logger\.js$/,
    replace: (text) =>
      text.replace(
        "import { randomInt } from 'node:crypto';",
        "const randomInt = (...range) => process.getBuiltinModule('node:crypto').randomInt(...range);",
      ),
  },
]);
