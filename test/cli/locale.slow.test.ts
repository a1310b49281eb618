import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

const notAscii = /[^\0-\x7f]/;

let folder: string;
const shown = async (format: string, env: Readonly<Record<string, string>>): Promise<string> =>
  (await cli(['replay', 'report.json', '--format', format], env, folder)).stdout;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  const asked = ['--target', 'auth.root', '--target', 'registry.root'];
  await cli(['check', '--sandbox', ...asked, '--format', 'json', '--output', 'report.json'], {}, folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a locale without our signs gets ASCII, and only where a person reads', async () => {
  expect(await shown('pretty', { LC_ALL: 'C.UTF-8' })).toMatch(/✓ auth\.hokus\.ai/);
  const plain = await shown('pretty', { LC_ALL: 'C' });
  expect(plain).toMatch(/\+ auth\.hokus\.ai/);
  expect(plain).not.toMatch(notAscii);
  expect(await shown('html', { LC_ALL: 'C' })).toMatch(notAscii);
  expect((await cli(['explain', 'registry.root'], { LC_ALL: 'C' })).stdout).toContain('client -> DNS -> ');
});

it('COLUMNS and FORCE_COLOR apply in a pipe', async () => {
  const narrow = await shown('pretty', { COLUMNS: '40' });
  expect(Math.max(...narrow.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(40);
  expect(await shown('pretty', { FORCE_COLOR: '1' })).toContain('\u001b[');
  expect(await shown('pretty', { FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain('\u001b');
});
