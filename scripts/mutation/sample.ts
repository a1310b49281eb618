import { createHash } from 'node:crypto';
import { type Checker, type CheckResult, CheckStatus } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Slice 2 of 10 has no mutant in common with slice 1: it scores tests that were written for the survivors of slice 1. */
const [slice, slices] = (process.env['MUTATION_SLICE'] ?? '1/1').split('/').map(Number);

function sliceOf({ fileName, location, mutatorName, replacement }: Mutant, count: number): number {
  const key = [fileName.replace(/^.*\/src\//, ''), location, mutatorName, replacement];
  return (createHash('sha256').update(JSON.stringify(key)).digest().readUInt32BE() % count) + 1;
}

/** Stryker has no sampling, but leaves out of its score whatever a checker rejects. */
class Sample implements Checker {
  async init(): Promise<void> {}

  async group(mutants: Mutant[]): Promise<string[][]> {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    const passed = { status: CheckStatus.Passed } as const;
    const left = { status: CheckStatus.CompileError, reason: 'not in this slice' } as const;
    return Object.fromEntries(
      mutants.map((mutant) => [mutant.id, sliceOf(mutant, slices ?? 1) === slice ? passed : left]),
    );
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
