import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/model/report.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** At the platform's own pace, which a busy machine keeps. */
const command = [join(root, 'dist', 'cli.js'), 'check', '--sandbox', '--pace', '10'];

/** A check of a broken sandbox exits with 1: that is its result. */
const check = (options: readonly string[]): Promise<void> =>
  new Promise((done, fail) => {
    execFile(process.execPath, [...command, ...options], (error, _, stderr) =>
      error === null || error.code === 1 ? done() : fail(new Error(stderr)),
    );
  });

/** The report of one sandbox check with these options. */
export const sandboxReport = async (...options: readonly string[]): Promise<Report> => {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  try {
    const file = join(folder, 'report.json');
    await check([...options, '--format', 'json', '--output', file]);
    const report: Report = JSON.parse(await readFile(file, 'utf8'));
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
