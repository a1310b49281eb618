/** `development#unreadable-20261121T025704.123Z`: the name for unreadable contents. @param now Unix time, ms */
export const asideName = (name: string, separator: '#' | '.', now: number): string =>
  `${name}${separator}unreadable-${new Date(now).toISOString().replaceAll(/[-:]/g, '')}`;
