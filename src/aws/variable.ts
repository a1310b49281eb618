export type Environment = Readonly<Record<string, string | undefined>>;

/** Null if the variable is unset or empty: a template cannot always omit a variable. */
export const variable = (env: Environment, name: string): string | null => {
  const value = env[name] ?? '';
  return value === '' ? null : value;
};
