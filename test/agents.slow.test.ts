import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string => readFileSync(`${root}${name}`, 'utf8');

/** The commands in AGENTS.md, without their comments. */
const commands = [...read('AGENTS.md').matchAll(/^```\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .map((line) => (line.split(' #')[0] ?? '').trim());

interface Cheap {
  readonly command: string;
  /** Limits the command to a part, so that all of them together take less than a minute. */
  readonly part: string;
  readonly exitCode: number;
  readonly prints: RegExp;
}

/** In this order: the second one builds what the third one runs. */
const run: readonly Cheap[] = [
  {
    command: 'npx vitest run test/classify',
    part: '--project unit --no-color',
    exitCode: 0,
    prints: /Test Files +\d+ passed \(\d+\)/,
  },
  {
    command: 'npm start -- --scenario mlflow-stopped',
    part: '',
    exitCode: 1,
    prints: /\nfailing\b[\s\S]*mlflow-service-unhealthy/,
  },
  {
    command: 'npx node dist/cli.js drill --no-pairs',
    part: '--fault key-revoked',
    exitCode: 0,
    prints: /1 of 1 known fault named/,
  },
];

/** .ci/run runs them. */
const inCi = ['types', 'lint', 'dead-code', 'build', 'template'];

/** Commands that no test runs as they stand, and why. */
const notRun: Readonly<Record<string, string>> = {
  'npm ci': 'it would replace the packages that this test uses; .ci/run begins with it',
  'npm test': 'it contains this test; .ci/run runs it',
  'npm run test:quick': 'a part of npm test',
  'npx vitest run --project real test/real/registration.test.ts': 'a part of npm test',
  'npm run template -- --deploy': 'test/real/deployment.test.ts takes the same stages',
  'npm run generate': 'it would rewrite pages while other tests read them; these tests compare what it writes',
  'npm run pictures': 'it needs Chromium',
};

const tried = async (command: string): Promise<{ readonly exitCode: number; readonly output: string }> => {
  const [program = '', ...args] = command.split(/\s+/);
  // A user does not have the tests' environment.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_|HOKUSAI_)/.test(name)),
  );
  return promisify(execFile)(program, args, { cwd: root, env: { ...env, NO_COLOR: '1' }, maxBuffer: 2 ** 26 }).then(
    ({ stdout, stderr }) => ({ exitCode: 0, output: stdout + stderr }),
    ({ code, stdout, stderr }: { readonly code: number; readonly stdout: string; readonly stderr: string }) => ({
      exitCode: code,
      output: stdout + stderr,
    }),
  );
};

describe('the commands in AGENTS.md', () => {
  it.each(run)('work: $command $part', async ({ command, part, exitCode, prints }) => {
    const { exitCode: ended, output } = await tried(`${command} ${part}`.trim());
    expect(output).toMatch(prints);
    expect(ended, output).toBe(exitCode);
  });

  it.each(inCi)('run in CI: npm run %s', (script) => {
    expect(/^for check in (.*); do$/m.exec(read('.ci/run'))?.[1]?.split(' ')).toContain(script);
  });

  it('are all run here or in CI, or have a reason', () => {
    const covered = [...run.map(({ command }) => command), ...inCi.map((name) => `npm run ${name}`)];
    expect(commands.toSorted()).toEqual([...covered, ...Object.keys(notRun)].toSorted());
  });
});
