import { randomInt } from 'node:crypto';

/** The seed from FUZZ_SEED. Tests use the same one each time, so that they fail only for a change. */
export const testSeed = (): number => Number(process.env['FUZZ_SEED'] ?? 1);

/** The seed from FUZZ_SEED, to repeat a run, or another one each time. */
export const newSeed = (): number => Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31));
