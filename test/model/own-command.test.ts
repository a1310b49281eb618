import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownCommand, shellWord } from '../../src/model/own-command.ts';

it('an argument arrives in a shell as it is, whatever it contains', () => {
  const word = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      const script = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
      const arrived = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
      expect(arrived).toEqual(words.map((text) => Buffer.from(text).toString('utf8')));
    }),
    { numRuns: 60 },
  );
});

it('a command is spelled as it runs in a clone and elsewhere', () => {
  expect(ownCommand('sweep', '--all', '--config', "my config's.yaml")).toBe(
    "npx hokusai-synthetics sweep --all --config 'my config'\\''s.yaml'",
  );
});

it('no other place of the product spells a command of its own', async () => {
  const spelled =
    /hokusai-synthetics (?:check|watch|sandbox|drill|replay|explain|validate|confirm|incidents|sweep|init|notify) /;
  const found: string[] = [];
  for await (const path of glob('src/**/*.ts'))
    for (const line of readFileSync(path, 'utf8').split('\n'))
      if (spelled.test(line) && !/^\s*(?:\/?\*|\/\/)/.test(line)) found.push(`${path}: ${line.trim()}`);
  // The title of a page, not a command.
  expect(found.filter((line) => !line.includes('hokusai-synthetics drill ·'))).toEqual([]);
});
