import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/** The logger throws dice when debug lines are sampled; node:crypto, a quarter of the time to load the entry, is loaded when it does. */
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
