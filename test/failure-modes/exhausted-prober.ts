import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { silentServer } from '../../src/sandbox/network/rogues.ts';
import { builtCli } from '../support/built.ts';
import { type Checked, checkOn } from '../support/stage.ts';

/** More than a process needs that probes a little, and fewer than it needs for all targets at once. */
const openFiles = 48;
const targets = Array.from({ length: 60 }, (_, index) => `platform.t${index}`);

/** A prober that may open too few files for its probes: its own trouble, and not the platform's. Of its report, one such target. */
export const exhaustedProber = async (): Promise<Checked> => {
  const patient = { connectMs: 9_000, tlsMs: 9_000, totalMs: 9_000 };
  // By its address: it is connections that are to find no file left, not the lookup of a name.
  const own = Object.fromEntries(targets.map((id) => [id, { url: 'https://127.0.0.1/' }]));
  const checked = await checkOn(
    { https: silentServer, http: silentServer },
    {
      targets,
      configuration: { targets: own, limits: patient },
      flags: ['--deadline', '2s'],
      run: async (args, env) => {
        const script = `ulimit -n ${openFiles}; exec "$0" "$@"`;
        const child = spawn('bash', ['-c', script, process.execPath, builtCli, ...args], {
          env: { ...process.env, ...env },
        });
        const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
        return { exitCode: child.exitCode, stdout, stderr };
      },
    },
  );
  const one = checked.report.outcomes.filter(({ failureMode }) => failureMode === 'probe-error').slice(0, 1);
  return { ...checked, report: { ...checked.report, outcomes: one } };
};
