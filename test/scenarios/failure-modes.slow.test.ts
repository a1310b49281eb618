import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { loadInputs } from '../../src/cli/inputs.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import { expectVersion } from '../../src/cycle/wait-for.ts';
import { type FailureMode, failureModes } from '../../src/model/failure-modes.ts';
import type { Outcome } from '../../src/model/report.ts';
import { faults } from '../../src/sandbox/faults/faults.ts';
import { whileListening } from '../support/probing.ts';
import { checkSandbox, inSandbox } from '../support/sandboxed.ts';

/** Modes that no fault of the platform shows to the default targets, and how each comes about. */
const others: Partial<Readonly<Record<FailureMode, () => Promise<Outcome | undefined>>>> = {
  'unexpected-version': () =>
    inSandbox({ faults: ['old-version-deployed'] }, async ({ configurationFile }) => {
      const inputs = await loadInputs({ configuration: configurationFile, targets: ['api.v1-health'], baseline: null });
      const settings = expectVersion(inputs.settings, '2026.6.1');
      const report = await runCycle({ ...inputs, settings, deadlineMs: 20_000 });
      return report.outcomes[0];
    }),
  'deadline-exceeded': async () => {
    const report = await checkSandbox({ faults: ['mlflow-host-hangs'], targets: ['mlflow.health'], deadlineMs: 700 });
    return report.outcomes[0];
  },
  'probe-error': () => exhaustedProber(),
};

/** A prober that may open too few files for its probes: its own trouble, not the platform's. */
const exhaustedProber = (): Promise<Outcome | undefined> => {
  const silent = createServer(() => undefined);
  return whileListening(silent, (port) => {
    const script = `
      import { outcomeWith, httpTarget, toolsWith, toPort } from './test/support/probing.ts';
      const tools = toolsWith({ connectTo: toPort(${port}) });
      const all = await Promise.all(Array.from({ length: 60 }, () => outcomeWith(httpTarget({ url: 'http://host.test/', timeoutMs: 1500 }), tools)));
      process.stdout.write(JSON.stringify(all.find(({ failureMode }) => failureMode === 'probe-error')));
      process.exit(0);`;
    return new Promise((resolve, reject) => {
      const child = spawn(
        'bash',
        ['-c', `ulimit -n 48; exec "${process.execPath}" --input-type=module-typescript -e "$SCRIPT"`],
        {
          env: { ...process.env, SCRIPT: script, NODE_NO_WARNINGS: '1' },
        },
      );
      let output = '';
      let errors = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      child.stderr.on('data', (chunk) => {
        errors += chunk;
      });
      child.on('close', () => {
        if (output === '') reject(new Error(errors));
        else resolve(output === 'undefined' ? undefined : (JSON.parse(output) as Outcome));
      });
    });
  });
};

describe('every failure mode occurs over a real socket', () => {
  it('each mode of the union has a fault of the sandbox or a case here', () => {
    const shown = new Set([...Object.values(faults).flatMap(({ shows }) => shows), ...Object.keys(others)]);
    expect([...shown].sort()).toEqual(Object.keys(failureModes).sort());
  });

  it.each(Object.entries(others))('%s', async (mode, produce) => {
    const outcome = await produce();
    expect(outcome).toMatchObject({ failureMode: mode });
    const inconclusive = mode === 'probe-error' || mode === 'deadline-exceeded';
    expect(outcome?.status).toBe(inconclusive ? 'inconclusive' : 'fail');
  });
});
