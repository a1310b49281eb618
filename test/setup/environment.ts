import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/**
 * Python environments with the real parts for the tests, in the project's `.cache/`. They are created once, and again
 * when their lock file or the system's Python changes. Needs `python3` (3.10 or newer) and PyPI.
 */
export const pythonParts = [
  'mlflow',
  'mlflow-newest',
  'mlflow-2',
  'moto',
  'fastapi',
  'sam',
  'parliament',
  'localstack',
  'prometheus',
] as const;
export type PythonPart = (typeof pythonParts)[number];

/** The lock files hold the exact versions. */
const partTitles: Readonly<Record<PythonPart, string>> = {
  mlflow: 'MLflow 3.9.0',
  'mlflow-newest': 'MLflow 3.17.2',
  'mlflow-2': 'MLflow 2.22.5',
  moto: 'moto 5.2.5',
  fastapi: 'FastAPI',
  sam: 'AWS SAM 1.170.0 with cfn-lint',
  parliament: 'parliament 1.6.4',
  localstack: 'LocalStack 4.14.0',
  prometheus: 'prometheus_client 0.26.0',
};

const projectRoot = join(import.meta.dirname, '..', '..');
const cache = join(projectRoot, '.cache', 'python');
/** For an uncached PyPI over a slow connection. Usually it takes seconds. */
const installLimitMs = 10 * 60_000;
const askLimitMs = 120_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const lockFile = (name: PythonPart | 'uv'): string => join(import.meta.dirname, `requirements-${name}.txt`);

/** The system's Python as `3.11.7 /path`: each environment belongs to one. */
const systemPython = async (): Promise<string> => {
  const script = 'import os, sys; print("%d.%d.%d" % sys.version_info[:3], os.path.realpath(sys.executable))';
  const python = await run('python3', ['-c', script], { limitMs: askLimitMs }).catch((error: Error) => {
    throw new Error(`python3 does not run here (3.10 or newer is needed): ${error.message}`);
  });
  const [, minor = 0] = python.split('.').map(Number);
  if (!python.startsWith('3.') || minor < 10) {
    throw new Error(`python3 is ${python.split(' ')[0]} here; 3.10 or newer is needed`);
  }
  return python.trim();
};

const interpreter = (folder: string): string => join(folder, 'bin', 'python');

/**
 * Fills a new folder and renames it into place, so an interrupted run never leaves a partial one. If another process
 * was faster, its folder is used.
 */
const once = async (name: PythonPart | 'uv', make: (folder: string) => Promise<void>): Promise<string> => {
  const hash = createHash('sha256')
    .update(await systemPython())
    .update(await readFile(lockFile(name)));
  const folder = join(cache, `${name}-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  await removeLeftovers();
  const building = await mkdtemp(join(cache, `building-${process.pid}-`));
  try {
    await make(building);
    await rename(building, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return folder;
};

/** Removes the folders of set-ups whose process has ended. */
const removeLeftovers = async (): Promise<void> => {
  for (const name of await readdir(cache)) {
    const pid = Number(/^building-(\d+)-/.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) await rm(join(cache, name), { recursive: true, force: true });
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const makeUv = async (folder: string): Promise<void> => {
  await run('python3', ['-m', 'venv', folder], { limitMs: installLimitMs }).catch((error: Error) => {
    throw new Error(
      `python3 cannot make virtual environments here; on Debian and Ubuntu: apt-get install python3-venv. ${error.message}`,
    );
  });
  await run(interpreter(folder), ['-m', 'pip', 'install', '--quiet', '--no-deps', '-r', lockFile('uv')], {
    limitMs: installLimitMs,
  });
};

/** uv does not read an index that is configured for pip only. */
const indexOfPip = (): Record<string, string> => {
  const index = process.env['PIP_INDEX_URL'];
  return index === undefined ? {} : { UV_DEFAULT_INDEX: index };
};

const install = async (part: PythonPart, folder: string): Promise<void> => {
  const uvFolder = await once('uv', makeUv);
  await run('python3', ['-m', 'venv', '--without-pip', folder], { limitMs: installLimitMs });
  const what = ['install', '--quiet', '--no-deps', '-r', lockFile(part)];
  const withUv = ['pip', ...what, '--python', interpreter(folder), '--no-cache'];
  try {
    await run(join(uvFolder, 'bin', 'uv'), withUv, { limitMs: installLimitMs, env: indexOfPip() });
  } catch (error) {
    say(`${partTitles[part]}: uv could not install it, pip tries (${(error as Error).message.split('\n')[0]})`);
    const withPip = ['-m', 'pip', '--python', interpreter(folder), ...what];
    await run(interpreter(uvFolder), withPip, { limitMs: installLimitMs });
  }
};

const made = new Map<PythonPart, Promise<string>>();

/**
 * The Python interpreter with this part installed; created on the first call, then cached.
 *
 * @throws with the reason and what to install if it cannot be created.
 */
export const pythonWith = (part: PythonPart): Promise<string> => {
  const python =
    made.get(part) ??
    once(part, async (folder) => {
      const start = performance.now();
      say(`setting up ${partTitles[part]} for the tests (once, about 20 s)`);
      await install(part, folder);
      say(`${partTitles[part]} is set up (${Math.round((performance.now() - start) / 1000)} s)`);
    }).then(interpreter);
  made.set(part, python);
  return python;
};
