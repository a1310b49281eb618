import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/** A package's description is imported for its version, and would come with everything else that it says. */
export const packageJson: Plugin = cutting('package.json', [
  {
    files: /package\.json$/,
    replace: (text) => {
      const { name, version }: { readonly name: string; readonly version: string } = JSON.parse(text);
      return JSON.stringify({ name, version });
    },
  },
]);
