const named = (host: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, number) => `${host}.request-${number + 1}`);

/** What a cycle of these weeks asks: 60 requests, as many at each host as on the platform, about. */
export const requestIds: readonly string[] = [
  ...named('registry', 16),
  ...named('api', 14),
  ...named('mlflow', 8),
  ...named('platform', 5),
  ...named('auth', 5),
  ...named('registration', 12),
];

export const hostOf = (id: string): string => {
  const [group = id] = id.split('.');
  return group === 'registration' ? 'registry' : group;
};
