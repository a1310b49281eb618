import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/** A package.json is imported for its version. This leaves out its other fields. */
export const packageJson: Plugin = cutting('package.json', [
  {
    files: /package\.json$/,
    replace: (text) => {
      const { name, version }: { readonly name: string; readonly version: string } = JSON.parse(text);
      return JSON.stringify({ name, version });
    },
  },
]);
