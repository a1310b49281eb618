import { expect, it } from 'vitest';
import { allPass, diagnosisOf, type Seen, targets } from './observations.ts';

const failing = (host: string, seen: Seen): Readonly<Record<string, Seen>> =>
  Object.fromEntries(
    targets
      .filter(({ role, kind, enabled, id }) => role === host && kind === 'http' && enabled && !id.endsWith('-redirect'))
      .map(({ id }) => [id, seen]),
  );

/** All paths on port 443 of this host show the first, and its port 80 the second. The flow is not run. */
const causesOf = (host: string, paths: Seen, port80: Seen): readonly string[] => {
  const seen = allPass({ ...failing(host, paths), [`${host}.http-redirect`]: port80 });
  return diagnosisOf(Object.fromEntries(Object.entries(seen).filter(([id]) => !id.startsWith('registration.'))))
    .faults.flat()
    .toSorted();
};

it.each([
  ['registry', ['route-not-found', 'unknown']],
  ['mlflow', ['route-not-found', 'nginx']],
  ['api', ['lb-no-route', 'balancer']],
] as const)('the application on port 80 and a default page on port 443 are a lost listener: %s', (host, page) => {
  expect(causesOf(host, page, ['redirect-unexpected', 'application'])).toEqual(['https-listener-missing']);
});

it.each(['registry', 'mlflow', 'api'])(
  'a default page alone is no lost listener while port 80 redirects: %s',
  (host) => {
    expect(causesOf(host, ['route-not-found', 'unknown'], 'pass')).not.toContain('https-listener-missing');
  },
);
