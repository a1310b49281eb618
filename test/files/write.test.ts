import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readText } from '../../src/files/read.ts';
import { replaceFile } from '../../src/files/replace.ts';
import { appendTarget, writeTarget } from '../../src/files/target.ts';
import { writeTo } from '../../src/files/write.ts';
import { makeNamedPipe } from '../support/named-pipe.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-write-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const never = new AbortController().signal;
const write = async (path: string, contents: string): Promise<void> =>
  writeTo(await writeTarget(path), contents, never);
const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

describe('a written file', () => {
  it('is created, with no leftovers next to it', async () => {
    await write(at('report'), 'new');
    expect(await readFile(at('report'), 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['report']);
  });

  it('replaces an existing file and keeps its permissions', async () => {
    await writeFile(at('report'), 'old');
    await chmod(at('report'), 0o640);
    await write(at('report'), 'new');
    expect([await readFile(at('report'), 'utf8'), await modeOf(at('report'))]).toEqual(['new', '640']);
  });

  it('goes to the target of a link, and the link stays', async () => {
    await mkdir(at('there'));
    await symlink(join('there', 'first'), at('link'));
    await symlink('second', at('there/first'));
    await write(at('link'), 'through two links');
    expect(await readFile(at('there/second'), 'utf8')).toBe('through two links');
    expect((await lstat(at('link'))).isSymbolicLink()).toBe(true);
  });

  it('may have the longest possible name', async () => {
    const name = 'x'.repeat(255);
    await write(at(name), 'new');
    expect(await readdir(folder)).toEqual([name]);
  });

  it('goes to a named pipe once it has a reader', async () => {
    makeNamedPipe(at('pipe'));
    const written = write(at('pipe'), 'x'.repeat(200_000));
    const read = await text(createReadStream(at('pipe')));
    await written;
    expect(read).toHaveLength(200_000);
  });

  it('goes to a device', async () => {
    await write('/dev/null', 'new');
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('is appended to a file that others write to as well', async () => {
    await writeFile(at('summary'), 'one\n');
    await writeTo(await appendTarget(at('summary')), 'two\n', never);
    expect(await readFile(at('summary'), 'utf8')).toBe('one\ntwo\n');
  });
});

describe('an impossible output is refused before there is anything to write', () => {
  it.each([
    { title: 'a folder', name: '', said: 'it is a folder, not a file: name a regular file' },
    { title: 'a path without a folder', name: 'no/where', said: 'there is no such folder: make it first (ENOENT)' },
    {
      title: 'a path below a file',
      name: 'file/x',
      said: 'something on the way to it is a file, not a folder: choose another place (ENOTDIR)',
    },
    {
      title: 'a name that is too long',
      name: 'x'.repeat(256),
      said: 'the name is too long: choose another place (ENAMETOOLONG)',
    },
    {
      title: 'circular links',
      name: 'circle',
      said: 'symbolic links lead in a circle: choose another place (ELOOP)',
    },
    { title: 'a link into a missing folder', name: 'astray', said: 'there is no such folder: make it first (ENOENT)' },
  ])('$title', async ({ name, said }) => {
    await writeFile(at('file'), '');
    await symlink('circle', at('circle'));
    await symlink('no/where', at('astray'));
    const before = await readdir(folder);
    await expect(writeTarget(at(name))).rejects.toThrow(said);
    expect(await readdir(folder)).toEqual(before);
  });

  it('a file that this process has read, under any name', async () => {
    await writeFile(at('input'), '{}');
    await readText(at('input'), 10);
    execFileSync('ln', [at('input'), at('hard')]);
    await symlink('input', at('soft'));
    for (const name of ['input', 'hard', 'soft'])
      await expect(writeTarget(at(name))).rejects.toThrow('this command reads the same file: choose another one');
  });
});

describe('a file that is replaced', () => {
  it('is unchanged after a failure, with no leftovers next to it', async () => {
    await mkdir(at('kept'));
    await writeFile(at('kept/inside'), '');
    await expect(replaceFile(at('kept'), 'new', { beside: at('beside'), mode: null })).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['kept']);
  });

  it('is not written through a link that someone has placed next to it', async () => {
    await writeFile(at('victim'), 'untouched');
    await symlink('victim', at('beside'));
    await expect(replaceFile(at('file'), 'new', { beside: at('beside'), mode: 0o600 })).rejects.toThrow(/EEXIST/);
    expect(await readFile(at('victim'), 'utf8')).toBe('untouched');
    expect((await readdir(folder)).toSorted()).toEqual(['beside', 'victim']);
  });

  it('has the requested permissions, whatever the umask', async () => {
    await replaceFile(at('file'), 'new', { beside: at('beside'), mode: 0o666 });
    expect(await modeOf(at('file'))).toBe('666');
  });
});

it('a named pipe without a reader is given up when the command is interrupted', async () => {
  makeNamedPipe(at('pipe'));
  const target = await writeTarget(at('pipe'));
  await expect(writeTo(target, 'new', AbortSignal.timeout(50))).rejects.toThrow();
});
