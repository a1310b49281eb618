/** Whether a server's version is the one that is meant: `v2026.6.1`, as a tag is called, is `2026.6.1`. */
export const sameVersion = (served: string | null, meant: string): boolean =>
  served !== null && withoutV(served) === withoutV(meant);

const withoutV = (version: string): string => version.replace(/^[vV](?=\d)/, '');
