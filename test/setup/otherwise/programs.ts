import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.ts';

/** Servers that are not ours, and the Debian packages that have them. */
const packages = { nginx: 'nginx', 'redis-server': 'redis-server', unbound: 'unbound', openssl: 'openssl' } as const;
type Program = keyof typeof packages;
const programs = Object.keys(packages) as readonly Program[];

/** Of nginx: sets headers on its own answers only. */
export const headersMore = '/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so';
const headersMorePackage = 'libnginx-mod-http-headers-more-filter';

const installLimitMs = 5 * 60_000;
/** Asked by Debian's packages before they start what they install (101: no). */
const policy = '/usr/sbin/policy-rc.d';

/**
 * Where the servers are that stand in for the platform's. Root on a Debian without them has them installed, and none of their services started.
 *
 * @throws with what to install, when they cannot be had.
 */
export const platformPrograms = async (): Promise<Readonly<Record<Program, string>>> => {
  if (missing().length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) await install(missing());
  const lacking = missing();
  if (lacking.length > 0) throw new Error(`on Debian and Ubuntu: apt-get install ${lacking.join(' ')}`);
  return Object.fromEntries(programs.map((program) => [program, find(program) ?? program])) as Record<Program, string>;
};

const find = (program: Program): string | undefined =>
  ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin']
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));

const missing = (): readonly string[] => [
  ...programs.filter((program) => find(program) === undefined).map((program) => packages[program]),
  ...(existsSync(headersMore) ? [] : [headersMorePackage]),
];

const install = async (names: readonly string[]): Promise<void> => {
  process.stderr.write(`installing ${names.join(', ')} for the tests (once)\n`);
  const options = { limitMs: installLimitMs, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  // A container's image has a policy of its own, which says the same and stays.
  const ours = await writeFile(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' }).then(
    () => true,
    () => false,
  );
  try {
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...names], options);
  } finally {
    if (ours) await rm(policy, { force: true });
  }
};
