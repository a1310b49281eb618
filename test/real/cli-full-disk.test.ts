import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeWith } from '../setup/real-parts.ts';
import { run } from '../setup/run.ts';
import { onSmallDisk } from '../setup/small-disk.ts';
import { builtCli } from '../support/built.ts';

/** A disk of 64 KB with some kilobytes left, on which a script of a shell runs; `synthetics` is the command line. */
const onFullDisk = async (script: string, options = 'size=64k'): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'full-disk-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [command = '', ...args] = onSmallDisk(folder, options);
  const whole = `cd "$0"; node=$1; cli=$2; synthetics() { "$node" "$cli" "$@"; }; head -c 57344 /dev/zero > ballast; ${script}`;
  return run(command, [...args, '/bin/bash', '-c', whole, folder, process.execPath, builtCli], { limitMs: 120_000 });
};

const check = 'synthetics check --sandbox --skip-registration --format json';
const said = 'cannot be written: the disk is full: free some space there (ENOSPC)';

describeWith('small-disk', 'a healthy check whose report does not fit on the disk', () => {
  it('fails with a sentence; the old file is unchanged, with no leftovers next to it', async () => {
    const output = await onFullDisk(
      `echo old > r.json; ${check} --output r.json 2>&1; echo "exit $?"; cat r.json; ls -A`,
    );
    expect(output).toBe(`hokusai-synthetics: --output r.json ${said}\nexit 2\nold\nballast\nr.json\n`);
  });

  it('fails when standard output took only half of it', async () => {
    const output = await onFullDisk(`${check} 2>&1 > r.json; echo "exit $?"`);
    expect(output).toBe(`hokusai-synthetics: standard output ${said}\nexit 2\n`);
  });

  it('is refused before any request when the disk is read-only', async () => {
    const output = await onFullDisk(
      `mount -o remount,ro .; ${check} --wait-for 9 --output r.json 2>&1; echo "exit $?"`,
    );
    expect(output).toBe(
      'hokusai-synthetics: --output r.json cannot be written: the disk is mounted read-only: choose a place that can be written (EROFS)\nexit 2\n',
    );
  });

  it('is written into a file that is a mount of its own and cannot be replaced', async () => {
    const output = await onFullDisk(
      `rm ballast; echo '{}' > outer; touch inner; mount --bind outer inner; ${check} --output inner 2>&1; echo "exit $?"; head -c 1 outer; ls -A`,
      'size=1m',
    );
    expect(output).toBe('report written to inner\nexit 0\n{inner\nouter\n');
  });
});
