import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', 'src');

/** ARCHITECTURE.md, "Rooms". The entrances, and what joins the rooms, may import all. */
const mayImport: Readonly<Record<string, readonly string[] | 'all'>> = {
  platform: [],
  config: ['platform'],
  probe: ['platform', 'config'],
  classify: ['platform'],
  diagnose: ['platform', 'classify'],
  registration: ['platform', 'config', 'probe', 'classify'],
  incidents: ['platform'],
  report: ['platform'],
  metrics: ['platform'],
  sandbox: ['platform'],
  lambda: 'all',
  cli: 'all',
  '.': 'all',
};

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.d)\.ts$/.test(file));

const roomOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '.') : '.');

/** Static and dynamic imports of the project's own files, as paths below src. */
const importsOf = (file: string): readonly string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
    .map(([, path = '']) => relative(root, join(root, dirname(file), path)))
    .filter((path) => !path.startsWith('..'));

describe('the rooms', () => {
  it('are all named in the table', () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(mayImport).sort());
  });

  it('import only what they may', () => {
    const violations = files.flatMap((file) => {
      const allowed = mayImport[roomOf(file)] ?? [];
      if (allowed === 'all') return [];
      const foreign = importsOf(file).filter((path) => roomOf(path) !== roomOf(file));
      return foreign.filter((path) => !allowed.includes(roomOf(path))).map((path) => `${file} imports ${path}`);
    });
    expect(violations).toEqual([]);
  });

  it('keep the sandbox and the command line out of what the Lambda reaches', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const next of importsOf(file)) visit(next);
    };
    visit('lambda/handler.ts');
    expect([...reached].filter((file) => /^(sandbox|cli)\//.test(file))).toEqual([]);
    expect(reached).toContain('cycle.ts');
    // Texts for people: the Lambda names a hypothesis, and who reads of it looks it up.
    expect([...reached].filter((file) => /^platform\/runbook/.test(file))).toEqual([]);
  });
});
