import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeWith } from '../../setup/real-parts.ts';
import { run } from '../../setup/run.ts';
import { onSmallDisk } from '../../setup/small-disk.ts';

describeWith('small-disk', 'incidents on a disk that is full', () => {
  it('stay unchanged, with a message, and are written again once there is room', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'incidents-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [file, ballast] = [join(folder, 'incidents.json'), join(folder, 'ballast')];
    const withBallast = ['/bin/sh', '-c', 'head -c 40000 /dev/zero > "$0" && exec "$@"', ballast];
    const script = join(import.meta.dirname, 'filling-process.ts');
    const [command = '', ...args] = [
      ...onSmallDisk(folder, 'size=64k'),
      ...withBallast,
      ...[process.execPath, script, file, ballast],
    ];

    expect(JSON.parse(await run(command, args, { limitMs: 120_000 }))).toEqual({
      first: true,
      full: `The incidents cannot be kept in ${file}: the disk is full: free some space there (ENOSPC)`,
      keptVersion: 1,
      afterwards: true,
    });
  });
});
