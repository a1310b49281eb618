import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { DescribedReport } from '../../src/model/report.ts';
import { requests } from '../../src/model/requests.ts';
import { cli } from '../support/cli.ts';
import { inSandbox } from '../support/sandboxed.ts';

const run = promisify(execFile);

const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);

/** As a person pastes it: into a shell whose environment holds the key. */
const pasted = async (command: string): Promise<string> => {
  const env = { PATH: process.env['PATH'], HOKUSAI_API_KEY: key };
  return (await run('sh', ['-c', command], { env })).stdout;
};

const key = 'hk_test_pasted_0123456789abcdefghijklmn';

it.runIf(hasCurl)('each failure comes with a command that asks the same again', async () => {
  await inSandbox({ faults: ['mlflow-stopped', 'cors-origin-missing'] }, async ({ configurationFile }) => {
    const { stdout } = await cli(['check', '--config', configurationFile, '--format', 'json']);
    const report = JSON.parse(stdout) as DescribedReport;
    const failing = requests(report as never).filter(({ status, kind }) => status === 'fail' && kind !== 'clean-up');

    expect(failing.length).toBeGreaterThan(5);
    for (const { id, asked, httpStatus } of failing) {
      expect(asked, id).toBeDefined();
      const answer = await pasted(asked?.command ?? '');
      // The key of this test is not the sandbox's.
      const refused = asked?.command.includes('$HOKUSAI_API_KEY') ? 401 : httpStatus;
      expect([httpStatus, refused], `${id}: ${asked?.command}`).toContain(
        Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
      );
    }
    expect(stdout).not.toContain('Bearer hk_');
  });
});
