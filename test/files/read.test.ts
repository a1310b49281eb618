import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FileError } from '../../src/files/file-error.ts';
import { readBytes, readText } from '../../src/files/read.ts';
import { makeNamedPipe } from '../support/named-pipe.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-read-'));
});
afterAll(() => rm(folder, { recursive: true }));

const put = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

const limit = 1_024;
const read = (path: string): Promise<string> => readText(path, limit);

const refusal = async (path: string): Promise<string> => {
  const error: unknown = await read(path).catch((thrown: unknown) => thrown);
  if (!(error instanceof FileError)) throw new Error(`it was read, or failed otherwise: ${String(error)}`);
  return error.message;
};

const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const mark = { utf8: [0xef, 0xbb, 0xbf], utf16le: [0xff, 0xfe], utf16be: [0xfe, 0xff] } as const;
const marked = (bytes: readonly number[], text: Buffer): Buffer => Buffer.concat([Buffer.from(bytes), text]);
const text = 'ä: 日本 🜲\r\n';

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', marked(mark.utf8, Buffer.from(text))],
    ['UTF-16 as PowerShell writes it', marked(mark.utf16le, Buffer.from(text, 'utf16le'))],
    ['big-endian UTF-16', marked(mark.utf16be, bigEndian(text))],
  ])('is read from %s, without the mark', async (name, bytes) => {
    expect(await read(await put(name, bytes))).toBe(text);
  });

  it('may be empty or contain only a byte-order mark', async () => {
    expect(await read(await put('empty', ''))).toBe('');
    expect(await read(await put('mark', Buffer.from(mark.utf8)))).toBe('');
  });

  it('is read through a link', async () => {
    await symlink(await put('real', 'a: 1'), join(folder, 'link'));
    expect(await read(join(folder, 'link'))).toBe('a: 1');
  });

  it.skipIf(process.platform !== 'linux')('is read even if it reports no size, like those in /proc', async () => {
    expect(await read('/proc/self/comm')).not.toBe('');
  });
});

describe('an invalid text is refused with the place of the error', () => {
  it.each([
    {
      name: 'Latin-1',
      bytes: Buffer.from('a: 1\nb: caf\xe9\n', 'latin1'),
      said: 'it is not UTF-8: the byte at offset 11 (line 2) is wrong',
    },
    {
      name: 'a truncated character',
      bytes: Buffer.from('ab\xe2\x82', 'latin1'),
      said: 'the byte at offset 2 (line 1)',
    },
    { name: 'an overlong character', bytes: Buffer.from('a\xc0\x80', 'latin1'), said: 'the byte at offset 1 (line 1)' },
    {
      name: 'half a surrogate pair',
      bytes: marked(mark.utf16le, Buffer.from([0x61, 0, 0x00, 0xd8, 0x62, 0])),
      said: 'not UTF-16LE: the byte at offset 4',
    },
    {
      name: 'truncated UTF-16',
      bytes: marked(mark.utf16be, Buffer.from([0, 0x61, 0])),
      said: 'not UTF-16BE: the byte at offset 4',
    },
    {
      name: 'UTF-16 without a mark',
      bytes: Buffer.from('a: 1', 'utf16le'),
      said: 'it holds a zero byte at offset 1, so it is not text, or it is UTF-16',
    },
    { name: 'UTF-32', bytes: Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), said: 'it is UTF-32; save it as UTF-8' },
    {
      name: 'a file above the limit',
      bytes: Buffer.alloc(limit + 1, 'a'),
      said: 'it is larger than 1 KiB: is it the right file?',
    },
  ])('$name', async ({ name, bytes, said }) => {
    expect(await refusal(await put(name, bytes))).toContain(said);
  });

  it('a file exactly at the limit is accepted', async () => {
    expect(await read(await put('whole', 'a'.repeat(limit)))).toHaveLength(limit);
  });
});

describe('a special file is refused before it is read', () => {
  it('a folder', async () => {
    await mkdir(join(folder, 'a-folder'));
    expect(await refusal(join(folder, 'a-folder'))).toBe('it is a folder, not a file: name a regular file');
  });

  it.each(['/dev/zero', '/dev/full', '/dev/null', '/dev/random'])('%s, which never ends', async (path) => {
    expect(await refusal(path)).toMatch(/^it is a character device, not a file/);
  });

  it('a device behind a link', async () => {
    await symlink('/dev/zero', join(folder, 'zero'));
    expect(await refusal(join(folder, 'zero'))).toMatch(/^it is a character device/);
  });

  it('a named pipe without a writer, without waiting for one', async () => {
    makeNamedPipe(join(folder, 'pipe'));
    expect(await refusal(join(folder, 'pipe'))).toMatch(/^it is a named pipe/);
  });

  it('a socket', async () => {
    const server = createServer().listen(join(folder, 'socket'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await refusal(join(folder, 'socket'))).toMatch(/^it is a socket/);
  });

  it.skipIf(process.platform !== 'linux')('a /proc file longer than the limit', async () => {
    await expect(readBytes('/proc/self/smaps', limit)).rejects.toThrow('it is larger than 1 KiB');
  });
});

describe('a file that cannot be opened is refused with the reason and the fix', () => {
  it.each([
    { title: 'because it does not exist', name: 'missing', said: 'there is no such file (ENOENT)' },
    {
      title: 'because its folder is a file',
      name: 'real-file/x',
      said: 'something on the way to it is a file, not a folder: choose another place (ENOTDIR)',
    },
    {
      title: 'because its name is too long',
      name: 'x'.repeat(300),
      said: 'the name is too long: choose another place (ENAMETOOLONG)',
    },
    {
      title: 'because its links form a circle',
      name: 'circle',
      said: 'symbolic links lead in a circle: choose another place (ELOOP)',
    },
  ])('$title', async ({ name, said }) => {
    await put('real-file', '');
    await symlink('circle', join(folder, 'circle')).catch(() => undefined);
    expect(await refusal(join(folder, name))).toBe(said);
  });

  it.skipIf(process.getuid?.() === 0)('because reading is not permitted', async () => {
    const path = await put('secret', '');
    await chmod(path, 0o000);
    expect(await refusal(path)).toMatch(/^it may not be read or written.* \(EACCES\)$/);
  });
});
