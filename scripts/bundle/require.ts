/** The CommonJS parts of a bundle load Node's modules with `require`, which ECMAScript modules lack. */
export const requireBanner = {
  js: "import { createRequire as requireOfBundle } from 'node:module'; const require = requireOfBundle(import.meta.url);",
} as const;
