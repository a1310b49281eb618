import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Configuration, createConfiguration } from '../../../src/functions/probe/configuration.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-lambda-'));
});
afterAll(() => rm(folder, { recursive: true }));

const loaded = (file: string): Promise<Configuration> =>
  createConfiguration({ SYNTHETICS_CONFIG_FILE: file, LAMBDA_TASK_ROOT: folder }, async () => '')();

describe('the configuration file in a function bundle', () => {
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFenvironment: marked\n')],
    ['UTF-16 as PowerShell writes it', Buffer.from('\uFEFFenvironment: marked\r\n', 'utf16le')],
  ])('is read from %s', async (name, bytes) => {
    await writeFile(join(folder, name), bytes);
    expect((await loaded(name)).settings.environment).toBe('marked');
  });

  it.each([
    { title: 'a folder', file: '.', reason: 'it is a folder, not a file' },
    { title: 'a device that never ends', file: '/dev/zero', reason: 'it is a character device, not a file' },
    { title: 'missing', file: 'nowhere.yaml', reason: 'there is no such file (ENOENT)' },
  ])('is refused with its place and the reason when it is $title', async ({ file, reason }) => {
    await expect(loaded(file)).rejects.toThrow(reason);
    await expect(loaded(file)).rejects.toThrow(/^The configuration \//);
  });

  it('is refused with the name of an unreadable baseline', async () => {
    await writeFile(join(folder, 'c.yaml'), 'baseline: /dev/zero\n');
    await expect(loaded('c.yaml')).rejects.toThrow('The baseline /dev/zero cannot be used: it is a character device');
  });
});
