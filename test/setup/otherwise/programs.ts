import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.ts';

/** Third-party servers, and the Debian packages that contain them. */
const packages = { nginx: 'nginx', 'redis-server': 'redis-server', unbound: 'unbound', openssl: 'openssl' } as const;
type Program = keyof typeof packages;
const programs = Object.keys(packages) as readonly Program[];

/** The nginx module that sets headers on nginx's own responses only. */
export const headersMore = '/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so';
const headersMorePackage = 'libnginx-mod-http-headers-more-filter';

const installLimitMs = 5 * 60_000;
/** Debian packages run this before they start a newly installed service (101: do not). */
const policy = '/usr/sbin/policy-rc.d';

/**
 * The paths of the servers that stand in for the platform's. As root on Debian, missing ones are installed without
 * starting their services.
 *
 * @throws with what to install if they are unavailable.
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
  // A container image may have such a policy already. Leave it in place.
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
