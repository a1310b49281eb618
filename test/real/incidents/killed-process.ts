import { writeSync } from 'node:fs';
import fs, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { createFileStore } from '../../../src/incidents/stores/file.ts';
import { run } from './run.ts';

/*
 * A run that kills itself with SIGKILL right after the n-th thing that it changed on the disk or in the world: a lock made,
 * a file made, half written, written, renamed, a lock removed, a message taken. It says each of them on stdout.
 */
const [file = '', log = '', killAt = ''] = process.argv.slice(2);

let done = 0;
const did = (what: string): void => {
  done += 1;
  writeSync(1, `${what}\n`);
  if (done === Number(killAt)) process.kill(process.pid, 'SIGKILL');
};

const { symlink, unlink, rename, rm, open } = fs;
fs.symlink = async (...args) => {
  await symlink(...args);
  did('locked');
};
fs.unlink = async (...args) => {
  await unlink(...args);
  did('unlocked');
};
fs.rename = async (...args) => {
  await rename(...args);
  did('renamed');
};
fs.rm = async (...args) => {
  await rm(...args);
  did('old one removed');
};
fs.open = async (...args) => {
  const handle: FileHandle = await open(...args);
  if (args[1] !== 'wx') return handle;
  did('new one made');
  const writeFile = handle.writeFile.bind(handle);
  handle.writeFile = async (contents) => {
    const bytes = Buffer.from(String(contents));
    await writeFile(bytes.subarray(0, bytes.length / 2));
    did('half written');
    await writeFile(bytes.subarray(bytes.length / 2));
    did('written');
  };
  return handle;
};
syncBuiltinESMExports();

await run({ store: createFileStore({ file }), log, now: Date.now, onSent: did });
