/** The CommonJS parts of a bundle ask for Node's modules by `require`, which an ECMAScript module does not have. */
export const requireBanner = {
  js: "import { createRequire as requireOfBundle } from 'node:module'; const require = requireOfBundle(import.meta.url);",
} as const;
