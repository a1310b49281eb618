import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyState } from '../../src/incidents/state.ts';
import { StoreError } from '../../src/incidents/store.ts';
import { createFileStore, type FilePlace } from '../../src/incidents/stores/file.ts';
import { obeyingPermissions } from '../setup/obeying-permissions.ts';

const empty = emptyState('development');

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'incidents-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

const troubles = async (place: FilePlace): Promise<readonly string[]> => {
  const store = createFileStore(place);
  const works = [store.load('development'), store.save(empty, null), store.putAside('development')];
  const results = await Promise.allSettled(works);
  return results.map((result) =>
    result.status === 'rejected' && result.reason instanceof StoreError && result.reason.trouble === 'unavailable'
      ? result.reason.message
      : 'no trouble',
  );
};

/** The same sentence, whatever is done with the file. */
const expectTrouble = async (place: FilePlace, sentence: string): Promise<void> => {
  for (const said of await troubles(place)) expect(said).toBe(`The incidents cannot be kept in ${sentence}`);
};

describe('incidents cannot be kept in a file', () => {
  it('if a folder has that name', async () => {
    const folder = await newFolder();
    const file = join(folder, 'incidents.json');
    await mkdir(file);
    await expectTrouble({ file }, `${file}: it is a folder, not a file: name a regular file`);
    expect(await readdir(folder)).toEqual(['incidents.json']);
  });

  it('below a file', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'notes'), '');
    const file = join(folder, 'notes', 'development.json');
    const [read, write] = await troubles({ folder: join(folder, 'notes') });
    const reason = `The incidents cannot be kept in ${file}: something on the way to it is a file, not a folder: choose another place`;
    expect(read).toBe(`${reason} (ENOTDIR)`);
    expect(write).toBe(`${reason} (ENOTDIR)`);
  });

  it.skipIf(process.platform !== 'linux')('if no folder can be created, without endless attempts', async () => {
    const { load, save } = createFileStore({ file: '/proc/hokusai/state.json' });
    expect(await load('development')).toBeNull();
    await expect(save(emptyState('development'), null)).rejects.toThrow(/\/proc\/hokusai/);
  });

  it('behind circular links', async () => {
    const folder = await newFolder();
    await symlink('circle', join(folder, 'circle'));
    for (const said of await troubles({ folder: join(folder, 'circle') }))
      expect(said).toMatch(/circle: choose|links lead in a circle/);
  });

  it('that never ends, and nothing is read', async () => {
    await expectTrouble({ file: '/dev/zero' }, '/dev/zero: it is a character device, not a file: name a regular file');
  });

  it('of another environment', async () => {
    const file = join(await newFolder(), 'incidents.json');
    await createFileStore({ file }).save(emptyState('staging'), null);
    const sentence = `${file} holds the incidents of staging, not of development: give each environment its own file`;
    expect(await troubles({ file })).toEqual([sentence, sentence, sentence]);
    expect((await createFileStore({ file }).load('staging'))?.version).toBe(1);
  });

  const script = `
    import { createFileStore } from './src/incidents/stores/file.ts';
    import { emptyState } from './src/incidents/state.ts';
    const store = createFileStore({ file: process.argv[1] });
    const said = (work) => work.then(() => 'no trouble', (error) => error.trouble + ': ' + error.message);
    console.log(JSON.stringify([await said(store.load('development')), await said(store.save(emptyState('development'), 1))]));
  `;
  const [obey, ...obeyArgs] = obeyingPermissions();
  const asRoot = process.getuid?.() === 0 && obey === undefined;

  it.skipIf(asRoot)('with a read-only folder; it can still be read', async () => {
    const folder = await newFolder();
    const file = join(folder, 'incidents.json');
    await createFileStore({ file }).save(empty, null);
    await chmod(folder, 0o555);
    onTestFinished(() => chmod(folder, 0o755));
    const [command = '', ...args] = [...(obey === undefined ? [] : [obey, ...obeyArgs]), process.execPath];
    const { stdout } = await promisify(execFile)(command, [...args, '--input-type=module', '-e', script, file], {
      cwd: join(import.meta.dirname, '..', '..'),
    });
    expect(JSON.parse(stdout)).toEqual([
      'no trouble',
      `unavailable: The incidents cannot be kept in ${file}: it may not be read or written: give this user the right to, in the folder too (EACCES)`,
    ]);
  });
});

describe('a file of incidents', () => {
  const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

  it('is private to its user, with a private folder, whatever the umask; an existing folder is unchanged', async () => {
    const there = join(await newFolder(), 'there');
    await mkdir(there);
    await chmod(there, 0o755);
    const made = join(there, 'made', 'and', 'made');
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const store = createFileStore({ folder: made });
    await store.save(empty, null);
    expect(await modeOf(join(made, 'development.json'))).toBe('600');
    expect([await modeOf(made), await modeOf(dirname(made)), await modeOf(there)]).toEqual(['700', '700', '755']);

    await chmod(join(made, 'development.json'), 0o644);
    await store.save(empty, 1);
    expect(await modeOf(join(made, 'development.json'))).toBe('600');
    await writeFile(join(made, 'development.json'), '{');
    expect(await modeOf(await store.putAside('development'))).toBe('600');
  });

  it('that is a link stays one, and both names use one lock', async () => {
    const folder = await newFolder();
    const [link, real] = [join(folder, 'link'), join(folder, 'real')];
    await symlink('real', link);
    const saved = await Promise.all(
      [link, real, link, real].map((file) => createFileStore({ file }).save(empty, null)),
    );
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await createFileStore({ file: real }).load('development'))?.version).toBe(1);
    expect((await readdir(folder)).toSorted()).toEqual(['link', 'real']);
  });

  it('is not written through a link in the place of its next contents', async () => {
    const folder = await newFolder();
    const file = join(folder, 'incidents.json');
    await writeFile(join(folder, 'victim'), 'untouched');
    await symlink('victim', `${file}.writing`);
    await createFileStore({ file }).save(empty, null);
    expect(await readFile(join(folder, 'victim'), 'utf8')).toBe('untouched');
    expect((await readdir(folder)).toSorted()).toEqual(['incidents.json', 'victim']);
  });

  it('may have a byte-order mark from an editor', async () => {
    const file = join(await newFolder(), 'incidents.json');
    await createFileStore({ file }).save(empty, null);
    await writeFile(file, `\uFEFF${await readFile(file, 'utf8')}`);
    expect((await createFileStore({ file }).load('development'))?.version).toBe(1);
  });
});

describe('the lock of a file', () => {
  const lockOf = (holder: Readonly<Record<string, string>>): string => new URLSearchParams(holder).toString();
  const placed = async () => {
    const folder = await newFolder();
    const file = join(folder, 'incidents.json');
    return { folder, file, store: createFileStore({ file }) };
  };
  /** The lock that a process of this machine has made and left, with its number. */
  const leftBy = async (pid: number, file: string): Promise<string> => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '-e',
      `import('${join(import.meta.dirname, '../../src/incidents/stores/process-identity.ts')}').then((m) => console.log(JSON.stringify(m.identityOf(${pid}))))`,
    ]);
    const lock = lockOf({ ...JSON.parse(stdout), token: 'x' });
    await symlink(lock, `${file}.lock`);
    return lock;
  };

  it('of a dead process is removed, by exactly one of the processes that find it', async () => {
    const { file, folder, store } = await placed();
    const child = spawn('true');
    await once(child, 'exit');
    await leftBy(child.pid ?? 0, file);
    const saved = await Promise.all(Array.from({ length: 5 }, () => store.save(empty, null)));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['incidents.json']);
  });

  it.skipIf(!existsSync('/proc/self/stat'))('of a process whose id was reused is removed', async () => {
    const { file, store } = await placed();
    const lock = await leftBy(process.pid, file);
    await rm(`${file}.lock`);
    const since = new URLSearchParams(lock).get('since') ?? '';
    await symlink(lock.replace(encodeURIComponent(since), encodeURIComponent(`${since}0`)), `${file}.lock`);
    expect(await store.save(empty, null)).toBe(true);
  });

  it('of a process that was killed while it removed a lock is removed too', async () => {
    const { file, folder, store } = await placed();
    const child = spawn('true');
    await once(child, 'exit');
    const lock = await leftBy(child.pid ?? 0, file);
    await symlink(lock.replace('token=x', 'token=y'), `${file}.lock.x`);
    expect(await store.save(empty, null)).toBe(true);
    expect(await readdir(folder)).toEqual(['incidents.json']);
  });

  it('of a running process is respected, and named', async () => {
    const { file, store } = await placed();
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill());
    await leftBy(child.pid ?? 0, file);
    await expect(store.save(empty, null)).rejects.toThrow(
      `The incidents cannot be kept in ${file}: process ${child.pid} has held ${file}.lock for more than 5 s; end it if it hangs`,
    );
    expect(await store.load('development')).toBeNull();
  });

  it('of a process on another machine is never removed', async () => {
    const { file, store } = await placed();
    await symlink(lockOf({ place: 'elsewhere/pid:[1]', pid: '1', since: 'then', token: 'x' }), `${file}.lock`);
    await expect(store.save(empty, null)).rejects.toThrow(
      /process 1 on elsewhere holds .*; if that process no longer runs, delete the file/,
    );
  });

  it('that is not a lock is left alone and reported as being in the way', async () => {
    const { file, store } = await placed();
    await symlink('notes', `${file}.lock`);
    await expect(store.save(empty, null)).rejects.toThrow(`${file}.lock is in the way`);
    await rm(`${file}.lock`);
    await writeFile(`${file}.lock`, 'notes');
    await expect(store.save(empty, null)).rejects.toThrow(`${file}.lock is in the way`);
    expect(await readFile(`${file}.lock`, 'utf8')).toBe('notes');
  });
});
