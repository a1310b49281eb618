import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/** Where Debian-based systems keep each version's server. */
const debianFolder = '/usr/lib/postgresql';
const installLimitMs = 5 * 60_000;

const isRoot = process.getuid?.() === 0;

/**
 * The folder with `initdb`, `postgres` and `psql`. As root on Debian, missing programs are installed, but no server:
 * the tests start their own.
 *
 * @throws with what to install if they are unavailable.
 */
export const postgresPrograms = async (): Promise<string> => {
  const known = await find();
  if (known !== null) return known;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    await install();
    const installed = await find();
    if (installed !== null) return installed;
  }
  throw new Error('there is no PostgreSQL server here; on Debian and Ubuntu: apt-get install postgresql');
};

const find = async (): Promise<string | null> => {
  const versions = await readdir(debianFolder).catch(() => []);
  const newestFirst = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debianFolder, version, 'bin'));
  const onPath = (process.env['PATH'] ?? '').split(':');
  return [...newestFirst, ...onPath].find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
};

const install = async (): Promise<void> => {
  process.stderr.write('installing PostgreSQL for the tests (once)\n');
  // Otherwise the package creates and starts a server.
  await mkdir('/etc/postgresql-common', { recursive: true });
  await writeFile('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n', { flag: 'a' });
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { limitMs: installLimitMs, env });
  const keepOurs = ['-o', 'Dpkg::Options::=--force-confold'];
  await run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...keepOurs, 'postgresql'], {
    limitMs: installLimitMs,
    env,
  });
};
