const named: ReadonlyMap<string, number> = new Map([
  ['/dev/stdin', 0],
  ['/dev/stdout', 1],
  ['/dev/stderr', 2],
]);

/**
 * The descriptor of this process that a path stands for: `/dev/stdin`, or `/dev/fd/63`, which a shell passes for
 * `<(…)`. Null for any other path.
 */
export const descriptorOf = (path: string): number | null => {
  const [, number] = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/.exec(path) ?? [];
  return number === undefined ? (named.get(path) ?? null) : Number(number);
};
