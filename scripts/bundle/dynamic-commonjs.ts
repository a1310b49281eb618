import type { Plugin } from 'esbuild';

/**
 * Fails the build if a CommonJS module is imported with `import(…)`. The bundler's chunk for it exports `default` only,
 * so every named export would be undefined at run time. Instead, import it statically in a module of our own and import
 * that module dynamically.
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
