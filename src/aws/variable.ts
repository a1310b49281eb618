export type Environment = Readonly<Record<string, string | undefined>>;

/** What is set. An empty one is not: a template cannot always leave one out. */
export const variable = (env: Environment, name: string): string | null => {
  const value = env[name] ?? '';
  return value === '' ? null : value;
};
