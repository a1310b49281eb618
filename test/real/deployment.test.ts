import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../scripts/template/emulator/emulator.ts';
import { stages, startDeployment } from '../../scripts/template/emulator/stages.ts';
import { describeWith } from '../setup/real-parts.ts';
import { distFolder } from '../support/built.ts';

/** For six runs of SAM, which take 15 to 60 s each beside other tests. */
const patienceMs = 10 * 60_000;

describeWith(['localstack', 'moto', 'sam'], 'the whole stack on an emulator of AWS', () => {
  let emulator: Emulator;
  let folder: string;
  let deployment: Awaited<ReturnType<typeof startDeployment>>;

  beforeAll(async () => {
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), 'deployment-'));
    await cp(distFolder, join(folder, 'dist'), { recursive: true });
    deployment = await startDeployment(emulator, folder);
  }, patienceMs);
  afterAll(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(stages)(
    '$title',
    async ({ run }) => {
      await expect(run(deployment)).resolves.toBeUndefined();
    },
    patienceMs,
  );
});
