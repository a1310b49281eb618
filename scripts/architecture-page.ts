import { readFile, writeFile } from 'node:fs/promises';
import { table, withPart } from './pages/markdown.ts';
import { rooms } from './pages/rooms.ts';

export const architecturePageFile = new URL('../ARCHITECTURE.md', import.meta.url);

const roomTable = (): readonly string[] =>
  table(
    ['folder under `src/`', 'holds', 'may import'],
    Object.entries(rooms).map(([name, { holds, mayImport }]) => [
      `\`${name}\``,
      holds,
      mayImport === 'all' ? 'all' : mayImport.join(', ') || 'nothing',
    ]),
  );

/** ARCHITECTURE.md with its table of rooms. The rest is written by hand. */
export const architecturePage = (page: string): string => withPart(page, 'rooms', roomTable());

if (import.meta.main)
  await writeFile(architecturePageFile, architecturePage(await readFile(architecturePageFile, 'utf8')));
