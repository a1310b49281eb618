import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../src/platform/hypotheses/', import.meta.url);

it.each(readdirSync(folder))('%s estimates in named grades (src/model/grades.ts); only priors are numbers', (file) => {
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n');

  expect(lines.filter((line) => /\b\d*\.\d/.test(line) && !/^\s+prior: /.test(line))).toEqual([]);
});
