import type { Plugin } from 'esbuild';

/**
 * Fails the build when a CommonJS module is imported by `import(…)`: the bundler gives it a chunk that exports `default`
 * alone, so each named export that the code takes would be undefined, and only when it runs. The way out is a module of
 * our own that imports it statically, and is imported dynamically itself.
 */
export const noDynamicCommonJs: Plugin = {
  name: 'no dynamic import of CommonJS',
  setup(build) {
    build.onEnd(({ metafile }) => {
      const { inputs = {}, outputs = {} } = metafile ?? {};
      const imported = Object.values(outputs)
        .flatMap(({ imports }) => imports.filter(({ kind }) => kind === 'dynamic-import'))
        .flatMap(({ path }) => outputs[path]?.entryPoint ?? []);
      return {
        errors: [...new Set(imported)]
          .filter((path) => inputs[path]?.format === 'cjs')
          .map((path) => ({ text: `${path} is CommonJS: import(…) of it would give \`default\` alone` })),
      };
    });
  },
};
