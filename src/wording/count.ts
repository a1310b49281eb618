/** `1 request`, `3 requests` */
export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** `once`, `3 times` */
export const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** The first names of a list, and how many more there are. */
export const few = (names: readonly string[], most: number): string =>
  names.length <= most + 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
