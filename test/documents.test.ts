import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { architecturePage } from '../scripts/architecture-page.ts';

const root = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const codeBlocks = /^```[^\n]*\n([\s\S]*?)^```$/gm;
const blocksOf = (page: string): readonly string[] => [...page.matchAll(codeBlocks)].map(([, block = '']) => block);

const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => /\w/.test(word)).length;

/** The sentences of a page, without code blocks, tables, headings and pictures. */
const sentencesOf = (page: string): readonly string[] =>
  page
    .replaceAll(codeBlocks, '')
    .split('\n')
    .filter((line) => !/^(#|\||!\[)/.test(line))
    .flatMap((line) => line.split(/(?<=[.:?!]) +(?=[A-Z`*{[])/))
    .filter((sentence) => wordsIn(sentence) > 0);

const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

/** Scripts that a page tells the reader to run. */
const scriptsIn = (page: string): readonly string[] => [
  ...new Set([...page.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name)),
];

const skipped: ReadonlySet<string> = new Set(['node_modules', '.git', '.cache', 'dist', 'coverage']);
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? [`${path}/`, ...filesBelow(path)] : [path];
    });
const paths = filesBelow('').map((path) => `/${path}`);

/** Files and folders of the project that a page names, in full or by the end of their path. `dist/` is built, and links are tested below. */
const pathsIn = (page: string): readonly string[] =>
  [...page.matchAll(/(?<![\w/.*-])(?:[\w.-]+\/)*(?:[\w.-]+\.(?:ts|md|yaml)|[\w-]+\/)(?![\w*/.])/g)]
    .map(([path]) => path)
    .filter((path) => path.includes('/') || path.endsWith('.ts'))
    .filter((path) => !/^(dist|\.\.)\//.test(path));

const linksIn = (page: string): readonly { readonly file: string; readonly anchor: string | null }[] =>
  [...page.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(([, file = '', anchor = null]) => ({
    file,
    anchor,
  }));

/** The anchors that GitHub gives to headings. */
const anchorsIn = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );

const written = [
  'README.md',
  'AGENTS.md',
  'ARCHITECTURE.md',
  'docs/deploy.md',
  'docs/diagnosis.md',
  'docs/incidents.md',
];

describe.each(written)('%s', (name) => {
  const page = read(name);

  test('refers only to files and folders that exist', () => {
    expect(pathsIn(page).filter((path) => !paths.some((existing) => existing.endsWith(`/${path}`)))).toEqual([]);
  });

  test('refers only to scripts that exist', () => {
    expect(scriptsIn(page).filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  test('links only to files and headings that exist', () => {
    const leadsNowhere = linksIn(page).filter(({ file, anchor }) => {
      const target = file === '' ? name : join(dirname(name), file);
      return !paths.includes(`/${target}`) || (anchor !== null && !anchorsIn(read(target)).includes(anchor));
    });
    expect(leadsNowhere).toEqual([]);
  });
});

test('AGENTS.md fits on a screen or two', () => {
  expect(read('AGENTS.md').split('\n').length).toBeLessThanOrEqual(60);
});

test('AGENTS.md runs only scripts of the project or its own programs', () => {
  const programs = readdirSync(join(root, 'node_modules', '.bin'));
  const commands = blocksOf(read('AGENTS.md')).flatMap((block) => block.trim().split('\n'));
  const runs = (command: string): boolean => {
    const [program, first = '', second = ''] = command.split(/\s+/);
    if (program === 'npx') return programs.includes(first);
    if (first === 'run') return scripts[second] !== undefined;
    return first === 'ci' || scripts[first] !== undefined;
  };

  expect(commands.length).toBeGreaterThan(5);
  expect(commands.filter((command) => !runs(command))).toEqual([]);
});

test('ARCHITECTURE.md fits on a page', () => {
  expect(wordsIn(read('ARCHITECTURE.md').replaceAll('|', ' '))).toBeLessThanOrEqual(1_400);
});

test('ARCHITECTURE.md gives a reason for every package', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as { readonly devDependencies: Record<string, string> };
  const names = [...(read('ARCHITECTURE.md').split('## Dependencies')[1] ?? '').matchAll(/^\| (.+?) \|/gm)].flatMap(
    ([, cell = '']) => cell.split(', '),
  );
  const covers = (name: string, known: string): boolean =>
    known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known;
  const unexplained = Object.keys(devDependencies).filter((name) => !names.some((known) => covers(name, known)));
  const gone = names.slice(1).filter((known) => !Object.keys(devDependencies).some((name) => covers(name, known)));

  expect({ unexplained, gone: gone.filter((name) => !/^-+$/.test(name)) }).toEqual({ unexplained: [], gone: [] });
});

test('ARCHITECTURE.md lists the rooms of the code', () => {
  const page = read('ARCHITECTURE.md');
  expect(architecturePage(page)).toBe(page);
});

describe('README.md', () => {
  const page = read('README.md');

  test('has short sentences', () => {
    const sentences = sentencesOf(page);
    const words = sentences.reduce((sum, sentence) => sum + wordsIn(sentence), 0);
    expect(sentences.length).toBeGreaterThan(100);
    expect(words / sentences.length).toBeLessThanOrEqual(20);
  });
});
